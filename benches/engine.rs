mod kernel;
use dewpoint::model::{Model, Series};
use kernel::Kernel;
use std::time::Instant;

fn main() {
    let scenario = dewpoint::scenario::load(&(), "spi1").unwrap().scenario;
    let model = Model::new(&scenario);
    let kernel = Kernel::new(&model).unwrap();
    let work = (model.staff_per_organisation() * model.organisations * model.weeks * 2) as f64;
    let (mut ratios, mut t_e, mut t_k) = (vec![], vec![], vec![]);
    let mut means = [[0.0f64; 2]; 2];
    let n = 40;
    let mut diff = 0.0f64;
    let (mut eng, mut ker) = (vec![0.0; model.weeks * 2], vec![0.0; model.weeks * 2]);
    for r in 0..n {
        let start = kernel.start(1, r);
        let a = Instant::now();
        let pair = model.pair(1, r);
        let b = Instant::now();
        let records = kernel.run(&start);
        let c = Instant::now();
        let (e, k) = ((b - a).as_secs_f64(), (c - b).as_secs_f64());
        ratios.push(e / k);
        t_e.push(e / work * 1e9);
        t_k.push(k / work * 1e9);
        for (w, (h, rec)) in [(&pair.with, &records[0]), (&pair.without, &records[1])].into_iter().enumerate() {
            let k = rec.practice(model.organisations);
            let e = h[0].of(Series::Practice);
            for i in 0..model.weeks {
                eng[w * model.weeks + i] += e[i] as f64 / n as f64;
                ker[w * model.weeks + i] += k[i] / n as f64;
            }
        }
    }
    for w in 0..2 {
        for i in (0..model.weeks).step_by(40) {
            println!("{w} {i} {:.4} {:.4}", eng[w * model.weeks + i], ker[w * model.weeks + i]);
        }
    }
    let med = |v: &mut Vec<f64>| {
        v.sort_by(f64::total_cmp);
        v[v.len() / 2]
    };
    println!("{:.3} {:.3} ns ratio {:.3}", med(&mut t_e), med(&mut t_k), med(&mut ratios));
}
