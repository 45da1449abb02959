use call_coach::model::ids::CallRef;
use call_coach::model::party::{Party, Side};
use call_coach::store::{RepId, StoreError};

use crate::support::database::on_every_engine;
use crate::support::invented::{at, call, party};

#[tokio::test]
async fn one_person_is_one_rep_and_namesakes_are_not() {
    on_every_engine(async |store| {
        let mut first = call("a", None);
        first.parties =
            vec![party("Mara", Some("mara@acme.example"), Side::Rep), party("Mara", None, Side::Rep), Party::default()];
        let mut second = call("b", None);
        second.parties = vec![
            party("M. Lindqvist", Some("MARA@acme.example"), Side::Rep),
            party(" mara ", None, Side::Rep),
            Party::default(),
        ];
        let mut ids = Vec::new();
        for call in [&first, &second, &first] {
            let call = store.put_call(call, None, at(0)).await.unwrap().stored.call_ref;
            for party in 0..3 {
                ids.push(store.rep_of_party(call, party).await.unwrap().id.0);
            }
        }
        assert_eq!(ids, [1, 2, 3, 1, 2, 4, 1, 2, 3]);
        let linked = store.call(CallRef(2)).await.unwrap().reps;
        assert_eq!(linked, [Some(RepId(1)), Some(RepId(2)), Some(RepId(4))]);
        assert_eq!(store.rep(RepId(1)).await.unwrap().unwrap().name.as_deref(), Some("Mara"));
        let error = store.rep_of_party(CallRef(1), 9).await.unwrap_err();
        assert!(matches!(error, StoreError::NoSuchParty(CallRef(1), 9)));
    })
    .await;
}

#[tokio::test]
async fn a_role_is_unknown_until_somebody_says_it() {
    on_every_engine(async |store| {
        let call = store.put_call(&call("a", None), None, at(0)).await.unwrap().stored.call_ref;
        let rep = store.rep_of_party(call, 0).await.unwrap();
        assert_eq!(rep.role, None);
        store.set_role(rep.id, Some("se")).await.unwrap();
        assert_eq!(store.rep_of_party(call, 0).await.unwrap().role.as_deref(), Some("se"));
        store.set_role(rep.id, None).await.unwrap();
        assert_eq!(store.rep(rep.id).await.unwrap(), Some(rep));
        assert_eq!(store.rep(RepId(77)).await.unwrap(), None);
    })
    .await;
}
