package org.edgeplex.bgp.wire;

/// NOTIFICATIONs in the words of the registry, for logs and status.
final class NotificationText {
    private NotificationText() {}

    static String of(Message.Notification notification) {
        String text = code(notification.code());
        String subcode = subcode(notification.code(), notification.subcode());
        String data = notification.data().length() == 0 ? "" : " data " + notification.data();
        return notification
                .shutdownCommunication()
                .map(words -> text + "/" + subcode + " \"" + words + '"')
                .orElse(text + "/" + subcode + data);
    }

    private static String code(int code) {
        for (NotificationCode known : NotificationCode.values()) {
            if (known.code() == code) {
                return known.name();
            }
        }
        return "code " + code;
    }

    private static String subcode(int code, int subcode) {
        if (code == NotificationCode.CEASE.code()) {
            for (Cease known : Cease.values()) {
                if (known.subcode() == subcode) {
                    return known.name();
                }
            }
        } else if (code == NotificationCode.UPDATE_MESSAGE_ERROR.code()) {
            for (UpdateError known : UpdateError.values()) {
                if (known.subcode() == subcode) {
                    return known.name();
                }
            }
        } else if (code == NotificationCode.OPEN_MESSAGE_ERROR.code()) {
            for (OpenError known : OpenError.values()) {
                if (known.subcode() == subcode) {
                    return known.name();
                }
            }
        }
        return Integer.toString(subcode);
    }
}
