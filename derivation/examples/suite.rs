//! Scratch.
use derivation::{certificate::certify, syntax, tell};
fn main(){ let verbose=std::env::var("V").is_ok(); let only=std::env::var("ONLY").ok();
 for f in std::env::args().skip(1) { let text=std::fs::read_to_string(&f).unwrap();
  for b in syntax::blocks(&text) { if only.as_ref().is_some_and(|o| !b.id.contains(o.as_str())) {continue;}
   let t=std::time::Instant::now();
   let attr=|n:&str| b.attributes.iter().find(|(k,_)| k.as_str()==n).map(|(_,v)| v.clone()).unwrap_or_default();
   match certify(&b.id,&b.source) { Err(ds)=>{ println!("UNREAD {} : {}", b.id, ds[0].message);}
    Ok(c)=>{ println!("{} {} [{}] want link {} {} ({:.0?})", if tell::stands(&c.report){"STANDS"}else{"      "}, b.id, c.report.steps.iter().map(|s| tell::mark(s).sign()).collect::<String>(), attr("link"), attr("caught"), t.elapsed());
     for (i,s) in c.report.steps.iter().chain(&c.report.end_to_end).enumerate() { if tell::mark(s).sign()=='✗' || verbose { println!("    link {}: {}", i+1, tell::headline(&s.verdict)); if verbose { for d in tell::details(&s.verdict) { println!("        {d}"); } if let Some(n)=&s.numeric { println!("        {}", tell::models(n)); } } } } } } } } }
