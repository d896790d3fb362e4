package org.edgeplex.lab.order;

import java.io.Serial;

/// The API refused a call, or did not answer.
public final class ApiException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    ApiException(String message) {
        super(message);
    }
}
