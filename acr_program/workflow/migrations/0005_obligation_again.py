from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0004_click")]

    operations = [
        migrations.AddField(model_name="obligation", name="again_at", field=models.DateTimeField(null=True)),
    ]
