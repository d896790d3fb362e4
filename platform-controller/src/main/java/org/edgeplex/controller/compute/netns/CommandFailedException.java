package org.edgeplex.controller.compute.netns;

/// A command of the system said no, or is not there. The message has its words.
final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
