@NullMarked
package org.edgeplex.lab.trial;

import org.jspecify.annotations.NullMarked;
