import fc from 'fast-check'

// The same examples in every run, so that a red run is somebody's change; FC_SEED=$RANDOM goes looking for others.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.FC_SEED ?? 2026) })
