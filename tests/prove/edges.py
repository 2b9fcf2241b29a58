"""What may happen, written down by hand: the second opinion that the declared steps are held against (P10).

Nothing here asks the program. Of each machine its steps: from which states, to which, and by whom; a word is somebody by
what they are to this one thing. `the clock` alone takes what follows from another step, or from a job.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.keyed import keyed

MACHINES = """
account
  win               prospect                                   > active             : admin manager
  flag_risk         active                                     > at_risk            : rep leader manager
  recover           at_risk                                    > active             : leader manager
  close             prospect active at_risk                    > closed             : manager
  reopen            closed                                     > active             : manager
alignment
  brief             not_briefed                                > briefed            : admin manager
  agree             briefed has_questions                      > agreed             : leader admin manager
  ask               briefed agreed                             > has_questions      : leader admin manager
  answer            has_questions                              > briefed            : admin manager
approval
  approve           pending                                    > approved           : approver
  ask_for_changes   pending                                    > changes_requested  : approver
  withdraw          approved                                   > changes_requested  : approver
  lapse             pending approved                           > lapsed             : clock
batch
  looked            uploaded                                   > mapping            : clock
  not_read          uploaded checking                          > failed             : clock
  check_rows        mapping ready failed                       > checking           : admin manager clock
  checked           checking                                   > ready              : clock
  take_in           ready                                      > taking_in          : admin manager
  took_in           taking_in                                  > taken_in           : clock
  not_taken         taking_in                                  > ready              : clock
  undo              taken_in                                   > undoing            : admin manager
  undone            undoing                                    > undone             : clock
  not_undone        undoing                                    > taken_in           : clock
  drop              mapping ready failed                       > dropped            : admin manager
communication
  send              draft                                      > sent               : manager
  tell_newcomers    sent                                       > sent               : manager
  withdraw          sent                                       > withdrawn          : manager
customerfeedback
  ask               planned void                               > asked              : admin clock
  remind            asked                                      > asked              : admin clock
  answer            asked                                      > answered           : customer
  void              answered                                   > void               : admin
  lapse             planned asked void                         > lapsed             : clock
deviation
  allow             proposed                                   > allowed            : manager
  refuse            proposed                                   > refused            : manager
  withdraw          proposed allowed                           > withdrawn          : rep admin manager clock
document
  rendered          pending                                    > ready              : clock
  failed            pending                                    > failed             : clock
  render_again      failed                                     > pending            : admin
  seal              ready                                      > sealed             : clock
  void              pending ready failed sealed                > void               : clock
finding
  decide            reported decided                           > decided            : manager
  resolve           decided                                    > resolved           : manager
  reopen            resolved                                   > decided            : manager
followup
  start             open                                       > in_progress        : owner admin
  finish            open in_progress                           > done               : owner leader admin
  hand_over         open in_progress                           > open               : owner leader admin
  drop              open in_progress                           > dropped            : owner leader admin
  reopen            done dropped                               > open               : owner leader admin
informationrequest
  submit            requested returned                         > submitted          : contributor admin
  recall            submitted                                  > requested          : contributor
  accept            submitted                                  > accepted           : admin
  send_back         submitted accepted                         > returned           : admin
  reconsider        accepted                                   > submitted          : admin
  waive             requested returned                         > waived             : admin
  ask_again         waived                                     > requested          : admin
  withdraw          requested returned submitted               > withdrawn          : clock
  withdraw          accepted waived                            > withdrawn          : clock
meeting
  hold              planned                                    > held               : clock
  cancel            planned                                    > cancelled          : rep admin manager clock
pilotcandidate
  agree             proposed                                   > proposed           : rep
  rate              proposed                                   > proposed           : leader
  qualify           proposed                                   > qualified          : admin manager
  requalify         qualified                                  > proposed           : admin manager
  disqualify        proposed qualified                         > disqualified       : manager
  reconsider        disqualified                               > proposed           : manager
  select            qualified                                  > selected           : manager
  hold              qualified                                  > reserve            : manager
  deselect          selected reserve                           > qualified          : manager
  promote           reserve                                    > selected           : manager
  start             selected                                   > active             : clock
  give_feedback     active                                     > active             : rep
  raise_flag        active                                     > active             : clock
  settle_flag       active                                     > active             : manager
  complete          active                                     > completed          : admin manager
  withdraw          selected active reserve                    > withdrawn          : rep manager clock
pilotwave
  open_selection    planning                                   > selecting          : manager
  take_criteria     selecting                                  > selecting          : manager
  waive_unit        selecting                                  > selecting          : manager
  take_plan         selecting                                  > selecting          : manager
  launch            selecting                                  > running            : manager
  start_evaluation  running                                    > evaluating         : manager
  conclude          evaluating                                 > concluded          : manager
printorder
  send              ordered                                    > sent               : admin clock
  printed           ordered sent                               > printed            : admin printer
  ship              ordered sent printed failed                > shipped            : admin printer
  deliver           shipped                                    > delivered          : admin rep customer printer clock
  fail              ordered sent printed                       > failed             : admin printer clock
  try_again         failed                                     > ordered            : admin
  change            ordered sent failed                        > ordered            : admin clock
  recall            ordered sent printed failed                > recalled           : admin clock
program
  start_pilot       designing                                  > piloting           : manager
  roll_out          piloting                                   > rolled_out         : manager
programyear
  announce          drafting                                   > communicating      : manager
  start             communicating                              > running            : manager
  close             running                                    > closed             : manager
inquiry
  answer            asked answered                             > answered           : manager admin
  hand_on           asked                                      > asked              : manager
  add               asked                                      > asked              : rep
  ask_again         answered closed                            > asked              : rep
  settle            answered                                   > closed             : rep manager
  withdraw          asked                                      > closed             : rep
receipt
  confirm           asked                                      > confirmed          : rep
  waive             asked                                      > waived             : manager
  lapse             asked                                      > lapsed             : clock
processversion
  publish           draft                                      > published          : manager
  discard           draft                                      > discarded          : manager
  retire            published                                  > retired            : clock
repfeedback
  give              asked                                      > given              : rep
  suggest           given                                      > given              : rep
revision
  accept            proposed                                   > current            : manager
  reject            proposed                                   > rejected           : manager
  confirm           current                                    > current            : contributor admin manager
  supersede         current                                    > superseded         : clock
reviewrequest
  submit            draft returned                             > submitted          : rep
  recall            submitted                                  > draft              : rep
  send_back         submitted                                  > returned           : admin
  accept            submitted                                  > gathering          : admin clock
  upgrade           gathering compiling                        > gathering          : admin manager
  upgrade_in_rework changes_requested                          > changes_requested  : admin manager
  start_compiling   gathering                                  > compiling          : admin clock
  request_approval  compiling                                  > in_approval        : admin clock
  ask_for_changes   in_approval approved printing              > changes_requested  : clock
  rework            changes_requested                          > compiling          : admin
  approve_all       in_approval                                > approved           : clock
  send_to_print     approved                                   > printing           : admin clock
  deliver_digital   approved                                   > delivered          : admin clock
  ship              printing                                   > shipped            : admin clock
  confirm_delivery  shipped                                    > delivered          : admin rep customer clock
  hold_meeting      delivered                                  > met                : rep
  close             met                                        > closed             : admin clock
  reopen            approved printing                          > compiling          : manager
  cancel            draft submitted returned gathering         > cancelled          : rep admin clock
  cancel            compiling in_approval changes_requested    > cancelled          : rep admin clock
  cancel            approved                                   > cancelled          : rep admin clock
starperformer
  confirm           nominated                                  > confirmed          : manager
  decline           nominated                                  > declined           : manager
  end               confirmed                                  > ended              : manager
suggestion
  adopt             new                                        > adopted            : manager
  decline           new                                        > declined           : manager
templateversion
  publish           draft                                      > published          : manager
  retire            published                                  > retired            : manager clock
  discard           draft                                      > discarded          : manager
  reinstate         retired                                    > published          : manager
  unpublish         published                                  > draft              : manager
touchpoint
  ask               scheduled                                  > asked              : manager clock
  confirm_unchanged asked missed                               > confirmed          : contributor
  report_change     asked missed                               > changed            : contributor
  answer            asked missed                               > answered           : rep
  lapse             scheduled asked                            > missed             : clock
trainingassignment
  complete          assigned                                   > completed          : rep admin manager
  waive             assigned                                   > waived             : manager
"""


class Edge(NamedTuple):
    """One way from a state to another."""

    machine: str
    source: str
    step: str
    target: str


def read() -> dict[Edge, frozenset[str]]:
    """Each edge, with those who may walk it."""
    found: dict[Edge, frozenset[str]] = {}
    machine = ""
    for line in [*MACHINES.strip().splitlines(), *keyed().machines.splitlines()]:
        if not line.startswith(" "):
            machine = line
            continue
        way, _colon, who = line.partition(" : ")
        step, *sources = way.partition(" > ")[0].split()
        target = way.partition(" > ")[2].strip()
        found |= {Edge(machine, source, step, target): frozenset(who.split()) for source in sources}
    return found


EDGES = read()
BEGIN = {  # in which state a new one stands
    "account": "prospect", "alignment": "not_briefed", "communication": "draft", "receipt": "asked",
    "inquiry": "asked", "trainingassignment": "assigned",
    "approval": "pending", "batch": "uploaded", "customerfeedback": "planned", "deviation": "proposed",
    "document": "pending", "followup": "open", "informationrequest": "requested", "meeting": "planned",
    "printorder": "ordered", "program": "designing", "programyear": "drafting", "repfeedback": "asked",
    "finding": "reported", "pilotcandidate": "proposed", "pilotwave": "planning",
    "reviewrequest": "draft", "revision": "proposed", "starperformer": "nominated", "suggestion": "new",
    "processversion": "draft", "templateversion": "draft", "touchpoint": "scheduled",
    **keyed().begin,
}  # fmt: skip
NEED = {  # which steps may be shut although the state and the person are right
    "communication": ("tell_newcomers",),
    "approval": ("approve", "ask_for_changes", "withdraw"), "batch": ("take_in",), "customerfeedback": ("ask", "remind"),
    "deviation": ("allow", "withdraw"), "document": ("render_again",), "templateversion": ("publish", "reinstate", "unpublish"),
    "informationrequest": ("submit", "recall", "accept", "send_back", "reconsider", "waive", "ask_again"),
    "processversion": ("publish",), "revision": ("accept",), "finding": ("resolve",),
    "pilotcandidate": ("agree", "rate", "qualify", "select", "deselect", "promote", "settle_flag", "complete"),
    "pilotwave": ("open_selection", "take_criteria", "waive_unit", "take_plan", "launch", "conclude"),
    "reviewrequest": (
        "submit", "accept", "upgrade", "upgrade_in_rework", "start_compiling", "request_approval", "send_to_print",
        "deliver_digital", "close",
    ),
    **keyed().need,
}  # fmt: skip
TARGETS = {(edge.machine, edge.source, edge.step): edge.target for edge in EDGES}
WHO = {(edge.machine, edge.source, edge.step): who for edge, who in EDGES.items()}
STEPS = {machine: sorted({edge.step for edge in EDGES if edge.machine == machine}) for machine, *_edge in EDGES}
STATES = sorted({(edge.machine, state) for edge in EDGES for state in (edge.source, edge.target)})
