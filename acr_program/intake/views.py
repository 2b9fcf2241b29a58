from django.http import HttpResponse


def batches(request): return HttpResponse()
def batch_page(request, batch): return HttpResponse()
