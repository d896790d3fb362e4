/// `edgeplex show`: what data planes count, from their counters files or from a controller's API.
@NullMarked
package org.edgeplex.controller.show;

import org.jspecify.annotations.NullMarked;
