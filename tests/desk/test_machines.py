import pytest

from acr_program.workflow.docs import machines
from acr_program.workflow.drawing import draw
from acr_program.workflow.pages import counts
from tests.factories import make_account, make_request

from .asking import questions, text


@pytest.mark.parametrize("model", machines(), ids=lambda model: model._meta.label_lower)
def test_every_step_and_state_is_drawn_once_within_the_picture(model):
    picture = draw(model, {})

    numbers = {int(number) for way in picture.ways for number in way.numbers.split(", ")}
    assert numbers == set(range(1, len(model.declared_steps()) + 1))
    assert [node.state for node in picture.nodes] == [
        str(state) for state, _ in model._meta.get_field("status").flatchoices
    ]
    assert all(way.left >= 0 and way.left + way.wide <= picture.width for way in picture.ways)
    assert all(node.x >= 0 and node.x + picture.node_width <= picture.width for node in picture.nodes)


def test_lanes_of_one_side_never_lie_on_one_another():
    from acr_program.workflow.drawing import pack, sort_out

    for model in machines():
        rows = {str(state): row for row, (state, _) in enumerate(model._meta.get_field("status").flatchoices)}
        ways = sort_out(list(model.declared_steps().values()), rows)
        for lanes in (ways.left, ways.right):
            pack(lanes)
            for one in lanes:
                for other in lanes:
                    apart = one.span[1] < other.span[0] or other.span[1] < one.span[0]
                    assert one is other or one.place != other.place or apart


def test_how_many_stand_where_is_one_question(people, django_assert_num_queries):
    make_account("active")
    make_account("closed")
    make_account("closed")

    with django_assert_num_queries(1):
        found = counts(machines())

    assert found["accounts.account"] == {"active": 1, "closed": 2}


def test_the_pages_show_steps_and_counts(people, as_person):
    make_request("gathering")
    client = as_person(people["auditor"])

    overview, machine = client.get("/machines/"), client.get("/machines/reviews.reviewrequest/")

    assert "Review request 1" in text(overview)
    assert "a program administrator or the clock" in text(machine)
    assert 'role="img"' in machine.content.decode()
    assert client.get("/machines/people.user/").status_code == 404
    assert as_person(people["rep"]).get("/machines/").status_code == 403
    assert len(questions(client, "/machines/")) <= 8
