//! Pages of other widths and terminals of other abilities.

use super::{normal, options, style};
use crate::render::*;

#[test]
fn moments_stand_beside_the_scores_at_120_columns() {
    insta::assert_snapshot!(normal(&sample::local(), 120), @r#"
    Nadia with Tomas Berg · 18 min 44 s · bakery.vtt · no date · c7
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     53  needs work     a first look: 34 of 58 checks answered without Claude
     Next meeting booked and the buyer took part, but nobody asked for the goal or why now.

    NEXT CALL
     Before you show anything, ask once: "What made you look at this now, and what should be different?"

      1:48  Tomas Berg  "Two drivers quit this spring, and the others are tired of it."
      2:05  Nadia       "Right, so let me show you what our planner does with forty stops, because it is really quite
                        something to see."
                        No question about it: the demo began 13 s later.

    SCORES                                                 weight   checks                   KEEP DOING
     Discovery          █████████████████▁▁▁▁▁▁▁▁▁▁▁▁▁  57   35 %   14 of 21   needs work      1:20  Nadia
     Handling concerns  ██████████▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  33   25 %    8 of 14   needs work            "What does a late van
     Engagement         ████████████████████▁▁▁▁▁▁▁▁▁▁  68   25 %   11 of 14   solid                 mean for the shops?"
     Product knowledge  not enough to say                    15 %    1 of 9                          Asked what the problem
     Overall, as AE     ████████████████▁▁▁▁▁▁▁▁▁▁▁▁▁▁  53          from 3 of 4 parts                leads to, and got an
     8 more checks did not apply to this call.                                                       honest answer.

    CONCERNS  2 raised, none settled                                                         CHANGE
     trust      open                                                                           8:42  Nadia
      4:12  Tomas Berg  "But it does not know our back roads, does it?"                              "I could take twenty
                        Came back at 5:14 and 9:02.                                                  percent off if that
      4:18  Nadia       "Most customers are very happy with the maps, I am told."                    helps you."
     pricing    parked without a date                                                                A discount before any
      8:37  Tomas Berg  "That is a lot for six vans."                                                question.
      8:42  Nadia       "I could take twenty percent off if that helps you."

    NUMBERS                    this call       guide
     Talk share, Nadia         71 %            up to 65 %      over
     Longest stretch, Nadia    1:52            up to 2:30      within
     Wait before answering     0.4 s           0.6 s or more   under
     Questions by Nadia        12, 4 open      –
     Questions by Tomas Berg   6               –
     Next step                 Tuesday 10 AM   who and what for: not said

     The kind of call is not known, so every check was asked; name it with --call-type.

     Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.
     Scored on this machine by the built-in analyst, rubric 1.0.0, just now. It counts words and times; it does not
     understand what was meant. Where it is often too generous, its yes counts half. Nothing was sent anywhere. 31 quotes
     held.
     A coaching aid, not an employment decision.

     Every check: --full   Disagree: call-coach review c7   Read: call-coach show c7
    "#);
}

#[test]
fn bars_and_weights_give_way_at_60_columns() {
    insta::assert_snapshot!(normal(&sample::local(), 60), @r#"
    Nadia with Tomas Berg · 18 min 44 s · bakery.vtt · no date
    c7
    ────────────────────────────────────────────────────────────
     53  needs work
         a first look: 34 of 58 checks answered without Claude
     Next meeting booked and the buyer took part, but nobody
     asked for the goal or why now.

    NEXT CALL
     Before you show anything, ask once: "What made you look at
     this now, and what should be different?"

      1:48  Tomas Berg  "Two drivers quit this spring, and the
                        others are tired of it."
      2:05  Nadia       "Right, so let me show you what our
                        planner does with forty stops, because
                        it is really quite something to see."
                        No question about it: the demo began 13
                        s later.

    SCORES                     checks
     Discovery            57   14 of 21   needs work
     Handling concerns    33    8 of 14   needs work
     Engagement           68   11 of 14   solid
     Product knowledge     –    1 of 9    not enough to say
     Overall, as AE       53   from 3 of 4 parts
     8 more checks did not apply to this call.

    CONCERNS  2 raised, none settled
     trust      open
      4:12  Tomas Berg  "But it does not know our back roads,
                        does it?"
                        Came back at 5:14 and 9:02.
      4:18  Nadia       "Most customers are very happy with the
                        maps, I am told."
     pricing    parked without a date
      8:37  Tomas Berg  "That is a lot for six vans."
      8:42  Nadia       "I could take twenty percent off if that
                        helps you."

    KEEP DOING
      1:20  Nadia       "What does a late van mean for the
                        shops?"
                        Asked what the problem leads to, and got
                        an honest answer.

    CHANGE
      8:42  Nadia       "I could take twenty percent off if that
                        helps you."
                        A discount before any question.

    NUMBERS               this call       guide
     Talk share, Nadia    71 %            up to 65 %      over
     Longest stretch,     1:52            up to 2:30      within
     Nadia
     Wait before          0.4 s           0.6 s or more   under
     answering
     Questions by Nadia   12, 4 open      –
     Questions by Tomas   6               –
     Berg
     Next step            Tuesday 10 AM   who and what for: not
                                          said

     The kind of call is not known, so every check was asked;
     name it with --call-type.

     Coached: Nadia, given with --rep. Role: AE, assumed; change
     with --role.
     Scored on this machine by the built-in analyst, rubric
     1.0.0, just now. It counts words and times; it does not
     understand what was meant. Where it is often too generous,
     its yes counts half. Nothing was sent anywhere. 31 quotes
     held.
     A coaching aid, not an employment decision.

     Every check: --full   Disagree: call-coach review c7
     Read: call-coach show c7
    "#);
}

#[test]
fn ascii_terminals_get_ascii() {
    let style = Style { unicode: false, ..style(80) };
    let page = report(&sample::local(), style, &options(Detail::Full));
    assert!(page.is_ascii(), "{page}");
}
