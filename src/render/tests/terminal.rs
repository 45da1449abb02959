//! The page at 80 columns.

use super::{normal, options, style};
use crate::render::*;

#[test]
fn scored_by_claude_at_80_columns() {
    insta::assert_snapshot!(normal(&sample::claude(), 80), @r#"
    Nadia with Tomas Berg · 18 min 44 s · bakery.vtt · no date · c7
    ────────────────────────────────────────────────────────────────────────────────
     47  needs work
     Next meeting booked and the buyer took part, but nobody asked for the goal or
     why now.

    LAST TIME  Ask "compared with what?" before answering a price.   not done (8:42)

    NEXT CALL
     Before you show anything, ask once: "What made you look at this now, and what
     should be different?"

      1:48  Tomas Berg  "Two drivers quit this spring, and the others are tired of
                        it."
      2:05  Nadia       "Right, so let me show you what our planner does with forty
                        stops, because it is really quite something to see."
                        No question about it: the demo began 13 s later.

    SCORES                                       weight   checks
     Discovery          █████████▁▁▁▁▁▁▁▁▁▁▁  43   35 %   21 of 21   needs work
     Handling concerns  █████▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  27   25 %   14 of 14   needs work
     Engagement         ██████████████▁▁▁▁▁▁  69   25 %   14 of 14   solid
     Product knowledge  ███████████▁▁▁▁▁▁▁▁▁  55   15 %    9 of 9    needs work
     Overall, as AE     █████████▁▁▁▁▁▁▁▁▁▁▁  47          58 of 58
     8 more checks did not apply to this call.

    CONCERNS  2 raised, none settled
     trust      open
      4:12  Tomas Berg  "But it does not know our back roads, does it?"
                        Came back at 5:14 and 9:02.
      4:18  Nadia       "Most customers are very happy with the maps, I am told."
     pricing    parked without a date
      8:37  Tomas Berg  "That is a lot for six vans."
      8:42  Nadia       "I could take twenty percent off if that helps you."

    KEEP DOING
      1:20  Nadia       "What does a late van mean for the shops?"
                        Asked what the problem leads to, and got an honest answer.

    CHANGE
      8:42  Nadia       "I could take twenty percent off if that helps you."
                        A discount before any question.

    NUMBERS                    this call       guide
     Talk share, Nadia         71 %            up to 65 %      over
     Longest stretch, Nadia    1:52            up to 2:30      within
     Wait before answering     0.4 s           0.6 s or more   under
     Questions by Nadia        12, 4 open      –
     Questions by Tomas Berg   6               –
     Next step                 Tuesday 10 AM   who and what for: not said

     The kind of call is not known, so every check was asked; name it with
     --call-type.

     Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.
     Scored by claude-sonnet-5-5 at api.anthropic.com, rubric 1.0.0, just now. 44 of
     46 quotes held; 2 were dropped. 4 requests, 26,100 tokens, $0.09. Running it
     again is free.
     A coaching aid, not an employment decision.

     Every check: --full   Disagree: call-coach review c7   Read: call-coach show c7
    "#);
}

#[test]
fn built_in_analyst_at_80_columns() {
    insta::assert_snapshot!(normal(&sample::local(), 80), @r#"
    Nadia with Tomas Berg · 18 min 44 s · bakery.vtt · no date · c7
    ────────────────────────────────────────────────────────────────────────────────
     53  needs work     a first look: 34 of 58 checks answered without Claude
     Next meeting booked and the buyer took part, but nobody asked for the goal or
     why now.

    NEXT CALL
     Before you show anything, ask once: "What made you look at this now, and what
     should be different?"

      1:48  Tomas Berg  "Two drivers quit this spring, and the others are tired of
                        it."
      2:05  Nadia       "Right, so let me show you what our planner does with forty
                        stops, because it is really quite something to see."
                        No question about it: the demo began 13 s later.

    SCORES                                       weight   checks
     Discovery          ███████████▁▁▁▁▁▁▁▁▁  57   35 %   14 of 21   needs work
     Handling concerns  ███████▁▁▁▁▁▁▁▁▁▁▁▁▁  33   25 %    8 of 14   needs work
     Engagement         ██████████████▁▁▁▁▁▁  68   25 %   11 of 14   solid
     Product knowledge  not enough to say          15 %    1 of 9
     Overall, as AE     ███████████▁▁▁▁▁▁▁▁▁  53          from 3 of 4 parts
     8 more checks did not apply to this call.

    CONCERNS  2 raised, none settled
     trust      open
      4:12  Tomas Berg  "But it does not know our back roads, does it?"
                        Came back at 5:14 and 9:02.
      4:18  Nadia       "Most customers are very happy with the maps, I am told."
     pricing    parked without a date
      8:37  Tomas Berg  "That is a lot for six vans."
      8:42  Nadia       "I could take twenty percent off if that helps you."

    KEEP DOING
      1:20  Nadia       "What does a late van mean for the shops?"
                        Asked what the problem leads to, and got an honest answer.

    CHANGE
      8:42  Nadia       "I could take twenty percent off if that helps you."
                        A discount before any question.

    NUMBERS                    this call       guide
     Talk share, Nadia         71 %            up to 65 %      over
     Longest stretch, Nadia    1:52            up to 2:30      within
     Wait before answering     0.4 s           0.6 s or more   under
     Questions by Nadia        12, 4 open      –
     Questions by Tomas Berg   6               –
     Next step                 Tuesday 10 AM   who and what for: not said

     The kind of call is not known, so every check was asked; name it with
     --call-type.

     Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.
     Scored on this machine by the built-in analyst, rubric 1.0.0, just now. It
     counts words and times; it does not understand what was meant. Where it is
     often too generous, its yes counts half. Nothing was sent anywhere. 31 quotes
     held.
     A coaching aid, not an employment decision.

     Every check: --full   Disagree: call-coach review c7   Read: call-coach show c7
    "#);
}

#[test]
fn brief_is_the_first_block_only() {
    insta::assert_snapshot!(report(&sample::local(), style(80), &options(Detail::Brief)), @r#"
    Nadia with Tomas Berg · 18 min 44 s · bakery.vtt · no date · c7
    ────────────────────────────────────────────────────────────────────────────────
     53  needs work     a first look: 34 of 58 checks answered without Claude
     Next meeting booked and the buyer took part, but nobody asked for the goal or
     why now.

    NEXT CALL
     Before you show anything, ask once: "What made you look at this now, and what
     should be different?"

      1:48  Tomas Berg  "Two drivers quit this spring, and the others are tired of
                        it."
      2:05  Nadia       "Right, so let me show you what our planner does with forty
                        stops, because it is really quite something to see."
                        No question about it: the demo began 13 s later.
    "#);
}

#[test]
fn a_recording_that_is_no_call_to_coach() {
    insta::assert_snapshot!(normal(&sample::not_scored(), 80), @"
    Nadia · 18 min 44 s · bakery.vtt · no date · c7
    ────────────────────────────────────────────────────────────────────────────────
     No score: this is not a call to coach.
     Only our own people speak on it (Nadia, Priya). Stored, not scored.
     If Priya is the customer: --buyer Priya

    NUMBERS                   this call   guide
     Talk share, Nadia        71 %        up to 65 %   over
     Longest stretch, Nadia   1:52        up to 2:30   within

     Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.

     Read: call-coach show c7
    ");
}

#[test]
fn remarks_on_the_score_go_below_it_where_they_must() {
    let mut call = sample::local();
    call.overall.up_to = Some(58.0);
    call.dimensions[2].unverified = 2;
    let page = report(&call, style(80), &options(Detail::Brief));
    insta::assert_snapshot!(page.lines().skip(2).take(3).collect::<Vec<_>>().join("\n"), @"
    53  needs work     up to 58 if 2 unproven claims hold
        a first look: 34 of 58 checks answered without Claude
    Next meeting booked and the buyer took part, but nobody asked for the goal or
    ");
}

#[test]
fn a_long_quote_is_cut_at_its_end_and_marked() {
    let mut call = sample::local();
    let quote = "we would have to see about that because ".repeat(20);
    call.moments = vec![];
    call.action.as_mut().unwrap().spoken = vec![sample::tomas((75, 3), quote.trim())];
    let page = report(&call, style(80), &options(Detail::Brief));
    insta::assert_snapshot!(page.lines().skip(9).collect::<Vec<_>>().join("\n"), @r#"
    1:15:03  Tomas Berg  "we would have to see about that because we would have to
                         see about that because we would have to see about that
                         because we would have to see about that because we …"
    "#);
}

#[test]
fn a_transcript_without_times_names_lines() {
    let mut call = sample::local();
    call.action.as_mut().unwrap().spoken.iter_mut().for_each(|spoken| spoken.start_ms = None);
    let page = report(&call, style(80), &options(Detail::Brief));
    insta::assert_snapshot!(page.lines().skip(9).collect::<Vec<_>>().join("\n"), @r#"
    line 11  Tomas Berg  "Two drivers quit this spring, and the others are tired
                         of it."
    line 13  Nadia       "Right, so let me show you what our planner does with
                         forty stops, because it is really quite something to
                         see."
    "#);
}
