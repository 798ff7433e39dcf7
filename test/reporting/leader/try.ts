import { basisOf, factsOf, readOf, tablesOf, type Questionnaire } from "./attacked.ts";
const leaks = (asked: Questionnaire, n: number) => {
  const basis = basisOf(asked); const pages = new Map<string, {l:number[],m:number[]}>(); let t=0;
  const start = process.cpuUsage().user;
  for (const table of tablesOf(asked, n)) { t++;
    const page = readOf(factsOf(basis, asked, table), asked, table); const c = table.flat(2);
    const k = pages.get(page);
    if (!k) pages.set(page,{l:[...c],m:[...c]}); else c.forEach((x,i)=>{ if(x<k.l[i]!)k.l[i]=x; if(x>k.m[i]!)k.m[i]=x; });
  }
  const bad=[...pages].filter(([,{l,m}])=> l.some(x=>x===n) || (n<10&&m.some(x=>x===0)));
  console.log(JSON.stringify(asked), n, "tables",t,"pages",pages.size,"leaks",bad.length, ((process.cpuUsage().user-start)/1e6).toFixed(1)+"s");
  for (const b of bad.slice(0,2)) console.log(b[0].slice(b[0].indexOf('"scales"')), JSON.stringify(b[1]));
};
const a=(categories:number,...scales:boolean[][])=>({categories,scales,own:null});
leaks(a(5,[false,false]),5);
leaks(a(5,[false,true]),5);
for (const n of [5,6,7,8,9,10,14]) leaks(a(5,[false]),n);
for (const n of [5,6,7]) leaks(a(3,[false,false,false]),n);
for (const n of [5,6]) leaks(a(2,[false,false,true,false]),n);
for (const n of [5,8,9,10]) leaks(a(4,[false,false]),n);
for (const n of [9,10,12]) leaks(a(3,[false,true]),n);
leaks(a(3,[false,false],[false]),5);
leaks({categories:3,scales:[[false,false],[false,false]],own:[50,50]},5);
