package org.edgeplex.controller.health;

/// What the heartbeats of a program say.
public enum Vitality {
    /// No heartbeat yet, and it may still take its time.
    STARTING,
    ALIVE,
    /// Silent for too long.
    SUSPECT
}
