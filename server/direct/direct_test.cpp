#include "direct/indicator.h"
