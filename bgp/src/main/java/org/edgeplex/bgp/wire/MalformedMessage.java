package org.edgeplex.bgp.wire;

/// A message that ends the session: carries the NOTIFICATION to answer with.
public final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Message.Notification notification;
    private final String detail;

    public MalformedMessage(Message.Notification notification, String detail) {
        super(detail, null, false, false);
        this.notification = notification;
        this.detail = detail;
    }

    public Message.Notification notification() {
        return notification;
    }

    /// What was found, for logs and status.
    public String detail() {
        return detail;
    }
}
