# SPDX-License-Identifier: MIT
# ghirbal. `make help` lists what can be made. Writes only under build/ (and where you tell it to).

VERSION := 0.1.0
CC      ?= cc
ifeq ($(origin CC),default)
CC      := gcc
endif
SAN     ?=
Q       := $(if $(V),,@)

# Each compiler and sanitizer builds in a folder of its own, so builds never mix.
variant := $(if $(filter-out gcc cc,$(notdir $(CC))),$(notdir $(CC)))$(if $(SAN),$(if $(variant),-)san-$(SAN))
B       := build$(if $(variant),/$(variant))

san-1      := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
san-thread := -fsanitize=thread
sanitize   := $(san-$(SAN))

UCD      ?= /usr/share/unicode
libs     := libutf8proc libxxhash yaml-0.1
CFLAGS   ?= -O2 -g
warnings := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(if $(CI),-Werror)
cppflags  = -D_GNU_SOURCE -DGHIRBAL_VERSION='"$(VERSION)"' -I. -I$(B)/gen
compile   = $(CC) -std=c11 $(cppflags) $(CPPFLAGS) $(CFLAGS) $(warnings) $(sanitize)
link      = $(CC) $(CFLAGS) $(LDFLAGS) $(sanitize)
LDLIBS    = -lutf8proc -lxxhash

FILTERS   := $(sort $(notdir $(patsubst %/main.c,%,$(wildcard filters/*/main.c))))
PIPELINES := $(sort $(basename $(notdir $(wildcard pipelines/*.yaml))))
programs  := $(addprefix $(B)/bin/,$(FILTERS) run-pipeline)
pages     := $(addprefix $(B)/man/,$(addsuffix .1,$(FILTERS) run-pipeline))

common_objects  := $(patsubst %.c,$(B)/obj/%.o,$(wildcard common/*.c))
objects_of       = $(patsubst %.c,$(B)/obj/%.o,$(filter-out %/main.c,$(wildcard $(1)/*.c)))
filter_objects  := $(foreach f,$(FILTERS),$(call objects_of,filters/$f))
registry        := $(B)/obj/filters/registry.o
unit_tests      := $(patsubst tests/unit/%.c,$(B)/test/%,$(wildcard tests/unit/*_test.c))
test_tools      := $(patsubst tests/tools/%.c,$(B)/test/%.so,$(wildcard tests/tools/*.c))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all check lint clean help deps golden $(PIPELINES)

all: $(programs) $(pages) ## filters, runner and man pages, in build/

# --- programs ---------------------------------------------------------------------------------------

$(B)/obj/%.o: %.c | $(B)/gen/ucd.inc
	$Qmkdir -p $(@D)
	$Q$(compile) -MMD -MP -MF $(@:.o=.d) -c -o $@ $<

$(B)/lib/common.a: $(common_objects)
	$Qmkdir -p $(@D) && rm -f $@ && ar rcs $@ $^

# One folder, one program: main.c and the modules beside it, the filter's data compiled in.
define filter_rules
$(B)/bin/$(1): $(B)/obj/filters/$(1)/main.o $(call objects_of,filters/$(1)) $(B)/lib/common.a
	$$Qmkdir -p $$(@D)
	$$Q$$(link) -o $$@ $$^ $$(LDLIBS)
$(if $(wildcard filters/$(1)/data),$(call objects_of,filters/$(1)): | $(B)/gen/$(1)/data.inc)
$(B)/gen/$(1)/data.inc: $(B)/tool/embed $(wildcard filters/$(1)/data/*.txt)
	$$Qmkdir -p $$(@D) && $(B)/tool/embed $(wildcard filters/$(1)/data/*.txt) >$$@
endef
$(foreach f,$(FILTERS),$(eval $(call filter_rules,$f)))

$(B)/bin/run-pipeline: $(patsubst %.c,$(B)/obj/%.o,$(wildcard pipelines/run-pipeline/*.c)) \
		$(filter_objects) $(registry) $(B)/lib/common.a
	$Qmkdir -p $(@D)
	$Q$(link) -o $@ $^ $(LDLIBS) -lyaml

# --- generated sources and pages ----------------------------------------------------------------------

# Host programs run while building: no sanitizer, nothing of the project linked in.
$(B)/tool/%: common/tools/%.c
	$Qmkdir -p $(@D)
	$Q$(CC) -std=c11 -D_GNU_SOURCE -O1 $(warnings) -o $@ $<

$(B)/gen/ucd.inc: $(B)/tool/ucd
	$Qmkdir -p $(@D) && $(B)/tool/ucd $(UCD) >$@

$(B)/gen/registry.inc: Makefile $(wildcard filters/*/main.c)
	$Qmkdir -p $(@D)
	$Q{ for f in $(subst -,_,$(FILTERS)); do echo "extern const struct filter $$f;"; done; \
	    echo 'static const struct filter *const filters[] = {'; \
	    for f in $(subst -,_,$(FILTERS)); do echo "	&$$f,"; done; echo '};'; } >$@

$(registry): | $(B)/gen/registry.inc

clean: ## remove build/
	rm -rf build

-include $(shell find build -name '*.d' 2>/dev/null)
