/**
 * lab: experiments on worlds: one run, and later sweeps, ensembles and searches. It may import
 * scenarios, agents and sim.
 */

/** The product's version; a test holds it equal to package.json's. */
export const version = "0.1.0";
