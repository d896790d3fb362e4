package org.edgeplex.lab.simulation;

/// Who lives in a world, and what must hold there.
interface Scenario {
    /// A word for the command line.
    String name();

    /// Places inhabitants and checks. Called once for each run: what it keeps is of this run.
    void settle(World world);
}
