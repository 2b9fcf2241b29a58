"""Comments with mentions: who may say, who may be named, who is told, what stays of what was taken back."""

import pytest
from django.urls import reverse

from acr_program.desk.beside.handles import handle_of, written_in
from acr_program.desk.models import Comment, Mention
from acr_program.outbox.models import Message
from tests.factories import make_account, make_request, make_user

from .asking import text


@pytest.fixture
def account(people):
    return make_account(name="Seaside", manager=people["rep"])


@pytest.fixture
def say(as_person, account):
    """Say something beside the account, or another record."""

    def send(person, words, about=account, **more):
        return as_person(person).post(f"{about.get_absolute_url()}comments/", {"text": words, **more})

    return send


def test_what_is_said_stands_on_the_page_for_everybody_who_sees_it(people, as_person, account, say):
    answer = say(people["rep"], "They moved.\nTo Köln.")

    comment = Comment.objects.get()
    assert answer.headers["Location"].endswith(f"/accounts/{account.pk}/#comment-{comment.pk}")
    page = as_person(people["leader"]).get(account.get_absolute_url()).content.decode()
    assert "They moved.<br>To Köln." in page
    assert Message.objects.count() == 0


@pytest.mark.parametrize("kind", ["request", "section", "document"])
def test_every_kind_of_record_has_its_comments(people, as_person, say, kind):
    review = make_request("in_approval", account=make_account(manager=people["rep"]))
    record = {"request": review, "section": review.contributions.first(), "document": review.latest_document()}[kind]

    say(people["rep"], "Have a look.", record)

    assert "Have a look." in text(as_person(people["admin"]).get(record.get_absolute_url()))


def test_an_approver_reads_and_writes_beside_the_decision(people, as_person, say):
    review = make_request("in_approval", account=make_account(manager=people["rep"]))
    approval = review.approvals.first()
    say(people["admin"], "Page 3 is new.", approval.document)
    client = as_person(approval.approver)

    assert "Page 3 is new." in text(client.get(approval.get_absolute_url()))
    came = client.post(
        f"{approval.document.get_absolute_url()}comments/", {"text": "Seen."},
        headers={"referer": f"http://testserver{approval.get_absolute_url()}"},
    )  # fmt: skip
    assert f"/approvals/{approval.pk}/#comment-" in came.headers["Location"]


def test_mark_up_stays_words_and_addresses_no_links(people, as_person, account, say):
    say(people["rep"], "<script>alert(1)</script> <b>x</b> https://evil.example & @ada.admin")

    page = as_person(people["admin"]).get(account.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;x&lt;/b&gt;" in page
    assert 'href="https://evil.example' not in page
    assert '<b class="mention">@Ada Admin</b>' in page


@pytest.mark.demand("features, 31")
def test_whoever_is_mentioned_is_told_by_mail_and_on_today_until_seen_to(people, as_person, account, say, mails):
    say(people["rep"], "@ada.admin, who signs now?")

    (mail,) = mails()
    assert mail.to == [people["admin"].email]
    assert mail.subject == "Rita Rep mentions you: Seaside"
    assert "who signs now?" in mail.body
    assert f"/accounts/{account.pk}/#comment-" in mail.body
    client = as_person(people["admin"])
    assert "Said to you" in text(client.get("/"))
    mention = Mention.objects.get()
    assert client.post(reverse("desk:mention-done", args=[mention.pk])).status_code == 302
    assert "Said to you" not in text(client.get("/"))


def test_an_answer_sees_to_the_mention_and_tells_who_asked(people, as_person, account, say, mails):
    say(people["rep"], "@ada.admin, who signs now?")
    mails()
    question = Comment.objects.get()

    say(people["admin"], "Kim does.", answers=question.pk)

    assert not Mention.objects.waiting_for(people["admin"]).exists()
    assert [mail.to for mail in mails()] == [[people["rep"].email]]
    answer = Comment.objects.get(text="Kim does.")
    say(people["leader"], "Good.", answers=answer.pk)
    assert Comment.objects.get(text="Good.").answers_id == question.pk, "one level, not more"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("@sten.stranger look", "Sten Stranger cannot see this page"),
        ("@cora.contributor look", "Cora Contributor cannot see this page"),
        ("@nobody.here look", "Nobody is called “@nobody.here”"),
        ("@the.clock look", "Nobody is called “@the.clock”"),
        ("   ", "There is nothing to say yet."),
        ("x" * 4001, "at most 4000 characters"),
        (" ".join(f"@a{n}" for n in range(11)), "At most ten people"),
    ],
)
def test_what_cannot_be_said_is_refused_in_a_sentence_and_kept_as_typed(people, say, words, sentence):
    answer = say(people["rep"], words)

    assert answer.status_code == 400
    assert sentence in text(answer)
    assert words.strip() in answer.content.decode()
    assert not Comment.objects.exists()
    assert not Message.objects.exists()


def test_two_of_one_name_are_told_apart_by_address(people, say):
    one = make_user("admin", name="Ada Admin", email="ada2@example.com")

    assert "Several people are called" in text(say(people["rep"], "@ada.admin?"))
    say(people["rep"], "@ada2?")
    assert Mention.objects.get().person == one


def test_strangers_can_neither_read_nor_say(people, as_person, account, say):
    say(people["rep"], "Between us.")

    assert say(people["stranger"], "Me too.").status_code == 404
    assert say(people["contributor"], "Me too.").status_code == 404
    comment = Comment.objects.get()
    for name in ("comment-change", "comment-withdraw"):
        assert as_person(people["stranger"]).post(reverse(f"desk:{name}", args=[comment.pk])).status_code == 404


def test_a_change_leaves_a_mark_and_tells_only_who_was_not_told(people, as_person, account, say, mails):
    say(people["rep"], "@ada.admin look")
    mails()
    comment = Comment.objects.get()
    url = reverse("desk:comment-change", args=[comment.pk])
    client = as_person(people["rep"])

    assert "@ada.admin look" in client.get(url).content.decode()
    client.post(url, {"text": "@ada.admin and @lena.leader, look"})

    assert [mail.to for mail in mails()] == [[people["leader"].email]]
    assert "changed Today" in text(client.get(account.get_absolute_url()))
    refused = as_person(people["admin"]).post(url, {"text": "Not mine."})
    assert refused.status_code == 403
    assert "Only Rita Rep may change this comment." in text(refused)


def test_withdrawn_words_are_gone_and_a_mark_stays(people, as_person, account, say):
    say(people["rep"], "@ada.admin, a slip of the pen")
    comment = Comment.objects.get()
    client = as_person(people["rep"])

    client.post(reverse("desk:comment-withdraw", args=[comment.pk]))

    page = text(client.get(account.get_absolute_url()))
    assert "slip of the pen" not in page
    assert "withdrawn Today" in page
    assert "Said to you" not in text(as_person(people["admin"]).get("/"))
    assert client.get(reverse("desk:comment-change", args=[comment.pk])).status_code == 404


def test_who_may_not_see_the_record_any_more_reads_nothing_of_it_on_today(people, as_person, account, say):
    say(people["admin"], "@rita.rep, a secret")
    other = make_user("rep")
    type(account).objects.filter(pk=account.pk).update(manager=other)

    assert "a secret" not in text(as_person(people["rep"]).get("/"))


def test_names_are_suggested_from_those_who_may_see_it(people, as_person, account, django_assert_max_num_queries):
    client, url = as_person(people["rep"]), f"{account.get_absolute_url()}mentionable/"

    page = text(client.get(url))
    assert "@ada.admin" in page
    assert "Sten Stranger" not in page
    assert "Cora Contributor" not in page
    part = client.get(url, {"q": "lena"}, headers={"hx-request": "true"}).content.decode()
    assert 'data-insert="lena.leader"' in part
    assert "<html" not in part
    with django_assert_max_num_queries(12):
        client.get(url)


def test_the_sign_in_an_address_mentions_nobody():
    assert written_in("Write to kim@customer.example or @ada.admin, @ada.admin; (@lena.leader).") == [
        "ada.admin",
        "lena.leader",
    ]


def test_a_handle_is_the_name_without_accents(people):
    assert (
        handle_of(make_user(name="Aurélie Castaing-Desrosiers de la Tour")) == "aurelie.castaing-desrosiers.de.la.tour"
    )


def test_a_look_writes_nothing_and_costs_the_same_for_many(people, as_person, account, say):
    from .asking import questions

    client = as_person(people["rep"])
    say(people["rep"], "First.")
    few = questions(client, account.get_absolute_url())
    for number in range(15):
        say(people["rep"], f"Word {number}.", answers=Comment.objects.first().pk if number % 2 else "")

    assert len(questions(client, account.get_absolute_url())) == len(few) <= 15
