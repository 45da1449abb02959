//! The markdown document.

use super::options;
use crate::render::*;

#[test]
fn a_markdown_document_that_is_no_call_to_coach() {
    insta::assert_snapshot!(markdown(&sample::not_scored(), &options(Detail::Normal)), @"
    # Nadia

    18 min 44 s · bakery.vtt · no date · c7

    **No score: this is not a call to coach.**

    Only our own people speak on it (Nadia, Priya). Stored, not scored.

    If Priya is the customer: --buyer Priya

    ## Numbers

    |  | This call | Guide |  |
    | --- | --- | --- | --- |
    | Talk share, Nadia | 71 % | up to 65 % | over |
    | Longest stretch, Nadia | 1:52 | up to 2:30 | within |

    ## People

    - Nadia: ours (given with a flag), 71 % of the talk

    ---

    Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.

    Read: call-coach show c7
    ");
}

#[test]
fn a_markdown_document() {
    insta::assert_snapshot!(markdown(&sample::claude(), &options(Detail::Normal)), @r#"
    # Nadia with Tomas Berg

    18 min 44 s · bakery.vtt · no date · c7

    **47, needs work**

    Next meeting booked and the buyer took part, but nobody asked for the goal or why now.

    **Last time:** Ask "compared with what?" before answering a price. **Not done (8:42).**

    ## Next call

    Before you show anything, ask once: "What made you look at this now, and what should be different?"

    > **1:48 Tomas Berg** "Two drivers quit this spring, and the others are tired of it."
    >
    > **2:05 Nadia** "Right, so let me show you what our planner does with forty stops, because it is really quite something to see."

    No question about it: the demo began 13 s later.

    ## Scores

    | Part | Score |  | Weight | Checks |
    | --- | ---: | --- | ---: | --- |
    | Discovery | 43 | needs work | 35 % | 21 of 21 |
    | Handling concerns | 27 | needs work | 25 % | 14 of 14 |
    | Engagement | 69 | solid | 25 % | 14 of 14 |
    | Product knowledge | 55 | needs work | 15 % | 9 of 9 |
    | **Overall, as AE** | **47** |  |  | 58 of 58 |

    8 more checks did not apply to this call.

    ## Concerns

    2 raised, none settled.

    **Trust**: open

    > **4:12 Tomas Berg** "But it does not know our back roads, does it?"
    >
    > **4:18 Nadia** "Most customers are very happy with the maps, I am told."

    Came back at 5:14 and 9:02.

    **Pricing**: parked without a date

    > **8:37 Tomas Berg** "That is a lot for six vans."
    >
    > **8:42 Nadia** "I could take twenty percent off if that helps you."

    ## Keep doing

    > **1:20 Nadia** "What does a late van mean for the shops?"

    Asked what the problem leads to, and got an honest answer.

    ## Change

    > **8:42 Nadia** "I could take twenty percent off if that helps you."

    A discount before any question.

    ## Numbers

    |  | This call | Guide |  |
    | --- | --- | --- | --- |
    | Talk share, Nadia | 71 % | up to 65 % | over |
    | Longest stretch, Nadia | 1:52 | up to 2:30 | within |
    | Wait before answering | 0.4 s | 0.6 s or more | under |
    | Questions by Nadia | 12, 4 open | – |  |
    | Questions by Tomas Berg | 6 | – |  |
    | Next step | Tuesday 10 AM | who and what for: not said |  |

    ## People

    - Nadia: ours (given with a flag), 71 % of the talk
    - Tomas Berg: customer (given with a flag), 29 % of the talk

    ---

    The kind of call is not known, so every check was asked; name it with --call-type.

    Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.

    Scored by claude-sonnet-5-5 at api.anthropic.com, rubric 1.0.0, just now. 44 of 46 quotes held; 2 were dropped. 4 requests, 26,100 tokens, \$0.09. Running it again is free.

    A coaching aid, not an employment decision.

    Every check: --full · Disagree: call-coach review c7 · Read: call-coach show c7
    "#);
}

#[test]
fn every_check_in_markdown() {
    let page = markdown(&sample::local(), &options(Detail::Full));
    let from = page.find("## Overall").unwrap();
    let to = page.find("## People").unwrap();
    insta::assert_snapshot!(&page[from..to], @r#"
    ## Overall: 53

    53 = 41.2% × 57.3 + 29.4% × 33 + 29.4% × 68

    ## Discovery: 57

    57 = 38.5% × 87.5 + 30.8% × 0 + 30.8% × 75

    ### Problem and its cost: 88, weight 25

    | Verdict | Check | Proof |
    | --- | --- | --- |
    | yes | problem in buyers words | **1:31 Tomas Berg** "Every morning two of the six vans come in an hour late." |
    | yes | cost asked | **1:20 Nadia** "What does a late van mean for the shops?"; Corrected by Mara. |
    | partial | cost said by buyer | **1:40 Tomas Berg** "Well, people notice."; In general words; no number or event. |
    | not proven | cause explored |  |

    Costs 1.1 points of the overall score.

    ### Goal and why now: 0, weight 20

    | Verdict | Check | Proof |
    | --- | --- | --- |
    | not heard | why now asked | chance: **1:48 Tomas Berg** "Two drivers quit this spring, and the others are tired of it." |
    | can't tell | goal said by buyer |  |
    | can't tell | success measure |  |
    | did not apply | worth said by buyer |  |

    Costs 7.0 points of the overall score: the largest single loss.

    ### How they will decide: –, weight 20

    | Verdict | Check | Proof |
    | --- | --- | --- |
    | can't tell | who decides asked |  |

    ### Listening: 75, weight 20

    | Verdict | Check | Proof |
    | --- | --- | --- |
    | partial | talk share in range | 71 %, guide: up to 65 % |
    | no | no pitch before a problem | **2:05 Nadia** "Right, so let me show you what our planner does with forty stops." |

    Costs 1.8 points of the overall score.

    ## Handling concerns: 33

    ## Engagement: 68

    ## Product knowledge: not enough to say
    "#);
}
