package org.edgeplex.controller.event;

import org.edgeplex.state.record.Event;

/// An event with its place in the log.
public record LoggedEvent(long sequence, Event event) {}
