# SPDX-License-Identifier: MIT
# ghirbal. `make help` lists what can be made. Writes only under build/ (and where you tell it to).

VERSION := 0.1.0
CC      ?= cc
ifeq ($(origin CC),default)
CC      := gcc
endif
SAN     ?=
Q       := $(if $(V),,@)

# libFuzzer is clang's.
ifneq ($(filter fuzz,$(MAKECMDGOALS)),)
override CC  := clang
override SAN := fuzz
endif

# Counting what is run needs gcc and code as it is written.
ifneq ($(filter coverage,$(MAKECMDGOALS)),)
override CC  := gcc
override SAN := cov
endif

# Each compiler and sanitizer builds in a folder of its own, so builds never mix.
empty   :=
variant := $(subst $(empty) ,-,$(strip $(filter-out gcc cc,$(notdir $(CC))) $(addprefix san-,$(SAN))))
B       := build$(if $(variant),/$(variant))

san-1      := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
san-thread := -fsanitize=thread
san-cov    := --coverage -O0 -fno-inline
san-fuzz   := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
sanitize   := $(san-$(SAN))

UCD      ?= /usr/share/unicode
libs     := libutf8proc libxxhash nettle yaml-0.1
CFLAGS   ?= -O2 -g
# Programs whose files are optimized as one, in which gcc puts functions of one file into others: $(whole). Their
# objects are good for other programs, too, which are linked as ever. Of what is to be debugged, nothing is moved about.
as_whole := $(if $(SAN)$(filter -O0 -O1 -Og,$(CFLAGS))$(filter-out gcc%,$(notdir $(firstword $(CC)))),,-flto=auto)
# What makes a mistake harder to exploit; sanitizers find more without it, and -O0 cannot have all of it.
hardening := $(if $(SAN)$(filter -O0,$(CFLAGS)),,-fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fPIE)
pie       := $(if $(SAN),,-pie -Wl,-z,relro,-z,now)
# Two folders, the same bytes.
same      := -ffile-prefix-map='$(CURDIR)'=.
warnings := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(if $(CI),-Werror)
cppflags  = -D_GNU_SOURCE -DGHIRBAL_VERSION='"$(VERSION)"' -I. -I$(B)/gen
compile   = $(CC) -std=c11 $(cppflags) $(CPPFLAGS) $(CFLAGS) $(whole) $(hardening) $(same) $(warnings) $(sanitize)
link      = $(CC) $(CFLAGS) $(or $(whole),$(as_whole:%=-fno-lto)) $(pie) $(LDFLAGS) $(sanitize)
# nettle is for dedupe --strong, libstemmer for count-terms --stem; without need a program does not load them.
LDLIBS    = -lutf8proc -lxxhash -Wl,--as-needed -lnettle -lstemmer -lm -pthread

FILTERS   := $(sort $(notdir $(patsubst %/main.c,%,$(wildcard filters/*/main.c))))
PACKING   := $(sort $(notdir $(patsubst %/main.c,%,$(wildcard packing/*/main.c))))
PIPELINES := $(sort $(basename $(notdir $(wildcard pipelines/*.yaml))))
names     := $(FILTERS) $(PACKING) run-pipeline
programs  := $(addprefix $(B)/bin/,$(names))
pages     := $(addprefix $(B)/man/,$(addsuffix .1,$(names)) ghirbal.7)

common_objects  := $(patsubst %.c,$(B)/obj/%.o,$(wildcard common/*.c))
objects_of       = $(patsubst %.c,$(B)/obj/%.o,$(filter-out %/main.c,$(wildcard $(1)/*.c)))
filter_objects  := $(foreach f,$(FILTERS),$(call objects_of,filters/$f))
packing_objects := $(call objects_of,packing) $(foreach p,$(PACKING),$(call objects_of,packing/$p))
registry        := $(B)/obj/filters/registry.o
runner_objects  := $(call objects_of,pipelines/run-pipeline)
unit_tests      := $(patsubst tests/unit/%.c,$(B)/test/%,$(wildcard tests/unit/*_test.c))
test_tools      := $(patsubst tests/tools/%.c,$(B)/test/%.so,$(wildcard tests/tools/*.c))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all check fuzz lint clean help deps deps-fuzz deps-lint golden install uninstall $(PIPELINES)

all: $(programs) $(pages) $(B)/doc/options.md completions ## programs, man pages, completions, reference: in build/

# --- programs ---------------------------------------------------------------------------------------

$(B)/obj/%.o: %.c | $(B)/gen/ucd.inc
	$Qmkdir -p $(@D)
	$Q$(compile) -MMD -MP -MF $(@:.o=.d) -c -o $@ $<

$(B)/lib/common.a: $(common_objects)
	$Qmkdir -p $(@D) && rm -f $@ && ar rcs $@ $^

# Filters that have another inside: --key=search is what normalize makes of a text.
inside_dedupe      := normalize
inside_count-terms := normalize

# One folder, one program: main.c and the modules beside it, the filter's data compiled in.
define filter_rules
$(B)/bin/$(1): $(B)/obj/filters/$(1)/main.o $(foreach f,$(1) $(inside_$(1)),$(call objects_of,filters/$f)) \
		$(B)/lib/common.a
	$$Qmkdir -p $$(@D)
	$$Q$$(link) -o $$@ $$^ $$(LDLIBS)
$(if $(wildcard filters/$(1)/data),$(call objects_of,filters/$(1)): \
	| $(B)/gen/$(1)/data.inc $(B)/gen/$(1)/hashes.inc)
$(B)/gen/$(1)/data.inc: $(B)/tool/embed $(sort $(wildcard filters/$(1)/data/*.txt))
	$$Qmkdir -p $$(@D) && $(B)/tool/embed files $$(filter %.txt,$$^) >$$@
$(B)/gen/$(1)/hashes.inc: $(B)/tool/embed $(sort $(wildcard filters/$(1)/data/*.txt))
	$$Qmkdir -p $$(@D) && $(B)/tool/embed hashes $$(filter %.txt,$$^) >$$@
endef
$(foreach f,$(FILTERS),$(eval $(call filter_rules,$f)))

# A filter with tools/compile.c has its data read while building: the tool prints them, ready to be looked up, and
# compiled.c takes that in. It is made of the filter's own modules, but what needs its result.
define compile_rules
$(B)/lib/$(1).a: $(filter-out %/compiled.o,$(call objects_of,filters/$(1)))
	$$Qmkdir -p $$(@D) && rm -f $$@ && ar rcs $$@ $$^
$(B)/obj/filters/$(1)/tools/compile.o: | $(B)/gen/$(1)/data.inc
$(B)/tool/$(1)/compile: $(B)/obj/filters/$(1)/tools/compile.o $(B)/lib/$(1).a $(B)/lib/common.a
	$$Qmkdir -p $$(@D)
	$$Q$$(link) -o $$@ $$^ $$(LDLIBS)
$(B)/gen/$(1)/compiled.inc: $(B)/tool/$(1)/compile
	$$Q$$< >$$@
$(B)/obj/filters/$(1)/compiled.o: | $(B)/gen/$(1)/compiled.inc
endef
$(foreach f,$(patsubst filters/%/tools/compile.c,%,$(wildcard filters/*/tools/compile.c)),$(eval $(call compile_rules,$f)))

# Hundreds of small rules are asked of each line, and a tenth of the time was the way from one to the next. A table of megabytes
# has nothing to be optimized. The assembler, asked to tell lines beside -flto, would tell the folder as well: gcc does it.
inlined := $(filter-out %/compiled.o,$(call objects_of,filters/strip-boilerplate))
$(inlined): private whole := $(as_whole:%=-O3 % -ffat-lto-objects -gno-as-loc-support)
$(B)/bin/strip-boilerplate: private whole := $(as_whole:%=-O3 % $(same))

define packing_rules
$(B)/bin/$(1): $(B)/obj/packing/$(1)/main.o $(call objects_of,packing/$(1)) $(call objects_of,packing) \
		$(B)/lib/common.a
	$$Qmkdir -p $$(@D)
	$$Q$$(link) -o $$@ $$^ $$(LDLIBS)
endef
$(foreach p,$(PACKING),$(eval $(call packing_rules,$p)))

$(B)/bin/run-pipeline: $(B)/obj/pipelines/run-pipeline/main.o $(runner_objects) $(filter_objects) $(registry) \
		$(B)/lib/common.a | $(B)/share/ghirbal/pipelines
	$Qmkdir -p $(@D)
	$Q$(link) -o $@ $^ $(LDLIBS) -lyaml

# What --parts puts into its folders.
$(B)/gen/run-pipeline/scripts.inc: $(B)/tool/embed $(sort $(wildcard pipelines/run-pipeline/scripts/*))
	$Qmkdir -p $(@D) && $(B)/tool/embed files $(filter pipelines/%,$^) >$@

$(B)/obj/pipelines/run-pipeline/parts_folder.o: $(B)/gen/run-pipeline/scripts.inc

# Where run-pipeline looks for pipelines by name, seen from bin/, here as where it is installed.
$(B)/share/ghirbal/pipelines:
	$Qmkdir -p $(@D) && ln -srfn pipelines $@

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

# Rows of the programs that are not filters: <name>_rows, in options.c of the program's folder.
$(B)/gen/programs.inc: Makefile $(wildcard packing/*/main.c)
	$Qmkdir -p $(@D)
	$Q{ for p in $(subst -,_,$(PACKING) run-pipeline); do echo "extern const struct opt $${p}_rows[];"; done; \
	    echo 'extern const struct opt packing_rows[];'; \
	    echo 'static const struct { const char *name; const struct opt *own, *shared; } programs[] = {'; \
	    for p in $(PACKING); do echo "	{ \"$$p\", $$(echo $$p | tr - _)_rows, packing_rows },"; done; \
	    echo '	{ "run-pipeline", run_pipeline_rows, NULL },'; echo '};'; } >$@

$(B)/obj/common/tools/options.o: | $(B)/gen/programs.inc

# Host tool, but made of the project's own rows: what man pages say is what the programs parse.
$(B)/tool/options: $(B)/obj/common/tools/options.o $(filter_objects) $(registry) $(packing_objects) \
		$(B)/obj/pipelines/run-pipeline/options.o $(B)/lib/common.a
	$Qmkdir -p $(@D)
	$Q$(link) -o $@ $^ $(LDLIBS)

# $(1) names the rows that stand where the page says @OPTIONS@.
page = $Qmkdir -p $(@D) && $(B)/tool/options mdoc $(1) >$@.options && \
	sed -e '/^@OPTIONS@$$/{r $@.options' -e 'd}' $< >$@

# The folder is found, and the name stands twice; make puts only the first % in.
.SECONDEXPANSION:
$(B)/man/%.1: $$(firstword $$(wildcard */$$*/$$*.1.in) the-page-of-$$*) $(B)/tool/options
	$(call page,$*)

$(B)/man/ghirbal.7: common/ghirbal.7.in $(B)/tool/options
	$(call page,common)

# The reference of options is made, not kept: a table in the tree would be a second place that describes an option.
$(B)/doc/options.md: $(B)/tool/options
	$Qmkdir -p $(@D) && $< reference >$@

# --- installing -----------------------------------------------------------------------------------------

PREFIX         ?= /usr/local
DESTDIR        ?=
PROGRAM_PREFIX ?=

# What is installed, as it lies under PREFIX. It is laid out so in build/ first. The folders are those that Debian's
# shells search; its zsh leaves site-functions to /usr/local.
as        := $(PROGRAM_PREFIX)
laid_out  := $(B)/root$(as:%=-%)
bash_dir  := share/bash-completion/completions
zsh_dir   := share/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)
fish_dir  := share/fish/vendor_completions.d
tab_files := $(foreach n,$(names),$(bash_dir)/$(as)$n $(zsh_dir)/_$(as)$n $(fish_dir)/$(as)$n.fish)
installed := $(names:%=bin/$(as)%) $(names:%=share/man/man1/$(as)%.1) share/man/man7/ghirbal.7 $(tab_files) \
	$(PIPELINES:%=share/ghirbal/pipelines/%.yaml) share/ghirbal/pipelines/pipeline.schema.json \
	$(addprefix share/doc/ghirbal/,LICENSE README.md pipelines.md options.md)

lay_out  = $Qmkdir -p $(@D) && $(1) $@
prefixed = common/tools/prefix '$(as)' $(names) <$<

$(laid_out)/bin/$(as)%: $(B)/bin/%                        ; $(call lay_out,ln -f $<)
$(laid_out)/share/man/man1/$(as)%.1: $(B)/man/%.1         ; $(call lay_out,$(prefixed) >)
$(laid_out)/share/man/man7/%: $(B)/man/%                  ; $(call lay_out,$(prefixed) >)
$(laid_out)/$(bash_dir)/$(as)%: $(B)/tool/options         ; $(call lay_out,$< bash $* $(as)$* >)
$(laid_out)/$(zsh_dir)/_$(as)%: $(B)/tool/options         ; $(call lay_out,$< zsh $* $(as)$* >)
$(laid_out)/$(fish_dir)/$(as)%.fish: $(B)/tool/options    ; $(call lay_out,$< fish $* $(as)$* >)
$(laid_out)/share/ghirbal/pipelines/%: pipelines/%        ; $(call lay_out,$(prefixed) >)
$(laid_out)/share/doc/ghirbal/pipelines.md: pipelines/README.md ; $(call lay_out,cp $<)
$(laid_out)/share/doc/ghirbal/options.md: $(B)/doc/options.md   ; $(call lay_out,cp $<)
$(laid_out)/share/doc/ghirbal/%: %                        ; $(call lay_out,cp $<)

.PHONY: completions
completions: $(tab_files:%=$(laid_out)/%)

# Through the environment, so that any name does.
install uninstall: export TARGET = $(DESTDIR)$(PREFIX)

install: $(installed:%=$(laid_out)/%) ## copy all to DESTDIR/PREFIX, names of programs behind PROGRAM_PREFIX
	@for f in $(installed); do \
	    case $$f in bin/*|*.yaml) mode=755;; *) mode=644;; esac; \
	    install -D -m $$mode $(laid_out)/$$f "$$TARGET/$$f" || exit; done

uninstall: ## remove what install with the same variables copied; folders of others stay
	@for f in $(installed); do rm -f "$$TARGET/$$f" || exit; done
	@cd "$$TARGET/share" 2>/dev/null || exit 0; \
	for d in ghirbal/pipelines ghirbal doc/ghirbal; do [ ! -d $$d ] || rmdir --ignore-fail-on-non-empty $$d; done

# --- tests --------------------------------------------------------------------------------------------

$(B)/test/%_test: $(B)/obj/tests/unit/%_test.o $(B)/obj/tests/unit/drive.o $(filter_objects) $(packing_objects) \
		$(B)/lib/common.a
	$Qmkdir -p $(@D)
	$Q$(link) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LDLIBS) -lcmocka -lyaml

# What only these tests need; extra prerequisites join those of the rule above.
$(B)/test/plan_test $(B)/test/parts_test $(B)/test/shell_test $(B)/test/home_test $(B)/test/tally_test $(B)/test/screen_test $(B)/test/origin_test: $(runner_objects) $(registry)
$(B)/test/data_hashes_test $(B)/test/phases_test: $(registry)
$(B)/obj/tests/unit/strip_compiled_test.o $(B)/obj/tests/unit/strip_dates_test.o: | $(B)/gen/strip-boilerplate/data.inc

$(B)/test/%.so: tests/tools/%.c
	$Qmkdir -p $(@D)
	$Q$(CC) -std=c11 -D_GNU_SOURCE -O1 $(warnings) -shared -fPIC -o $@ $< -ldl

# What test scripts need to know. They are TAP and run by themselves too, given these. A make that one of them runs is no
# part of this one.
test_environment = GHIRBAL_BUILD=$(abspath $(B)) GHIRBAL_FILTERS="$(FILTERS)" GHIRBAL_PIPELINES="$(PIPELINES)" \
	GHIRBAL_PROGRAMS="$(names)" GHIRBAL_SAN=$(SAN) GHIRBAL_CC=$(CC) CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8 \
	ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=$(if $(NOLEAKS),0,1) UBSAN_OPTIONS=print_stacktrace=1 \
	MAKEFLAGS= MFLAGS= MAKELEVEL=
test_scripts := $(wildcard tests/*/run) $(wildcard tests/*/*.t)

check: all $(unit_tests) $(test_tools) ## every test, little more than a minute; SAN=1 runs them under ASan and UBSan
	$Q$(test_environment) prove -j2 --merge --exec '' $(unit_tests) $(test_scripts)

# The same scripts as in check, which then leave nothing out; those that take longest begin. QUICK=1 is the part that CI
# has time for: calls that fail.
torments := $(if $(QUICK),,tests/torture/size.t) tests/torture/faults-pipelines.t tests/torture/faults.t tests/torture/state.t \
	$(if $(QUICK),,tests/contract/run tests/torture/memory.t tests/contract/world.t tests/property/conservation.t)
.PHONY: torture
torture: all $(test_tools) ## every failure of every call, hostile texts of every size: ten minutes; QUICK=1 two
	$QGHIRBAL_TORTURE=1 $(test_environment) prove -j2 --merge --timer --exec '' $(torments)

# Counts are added up from run to run: what is left of the last one is removed first.
.PHONY: coverage
coverage: all $(unit_tests) $(test_tools) ## which branches the unit tests and the cases of tests/cli never take, by file
	$Qfind $(B)/obj -name '*.gcda' -delete
	$Q$(test_environment) prove -j2 -Q --merge --exec '' $(unit_tests) tests/cli/run tests/contract/packing.t
	$Qtests/tools/coverage $(B)

# In a copy of the tree, so that nothing here is broken if it is interrupted.
mutant := $(or $(TMPDIR),/tmp)/ghirbal-mutate
.PHONY: mutate
mutate: all ## break the sources in PLACES=60 places, one after the other (SEED=20), of all FILES='pattern', and see whether tests notice
	$QGHIRBAL_PLACES=$(or $(PLACES),60) GHIRBAL_SEED=$(or $(SEED),20) \
	    $(subst $(abspath $(B)),$(mutant)/$(B),$(test_environment)) nice -n 10 tests/tools/mutate $(mutant) '$(FILES)'

# Real daemons on ports and paths of their own, ended by their process ids; two minutes, so no part of check. QUICK=1 is
# the part that CI has time for.
.PHONY: check-slurm deps-slurm
check-slurm: all ## many machines: pipelines in parts by Slurm, as root; deps-slurm installs it
	$QQUICK=$(QUICK) $(test_environment) prove --merge --exec '' tests/slurm/check

.PHONY: check-spark
check-spark: all ## the recipe of pipelines/spark, where pyspark is installed
	$Q$(test_environment) prove --merge --exec '' tests/spark/check

golden: all $(test_tools) ## rewrite what is expected in tests/cli, and the schema, and show the difference
	$Q$(B)/bin/run-pipeline --schema >pipelines/pipeline.schema.json
	$Q$(test_environment) tests/cli/update

# --- training ------------------------------------------------------------------------------------------

# The features of lines as the filter sees them, for filters/strip-boilerplate/train/train.py.
$(B)/tool/line-features: $(B)/obj/filters/strip-boilerplate/train/features.o \
		$(call objects_of,filters/strip-boilerplate) $(B)/lib/common.a
	$Qmkdir -p $(@D)
	$Q$(link) -o $@ $^ $(LDLIBS)

# --- fuzzing ------------------------------------------------------------------------------------------

# One source for all filters, and a few parts that read bytes nobody vouches for.
fuzz_parts   := $(patsubst tests/fuzz/%_fuzz.c,%,$(filter-out %/filter_fuzz.c,$(wildcard tests/fuzz/*_fuzz.c)))
fuzz_targets := $(FILTERS) $(fuzz_parts)
FUZZ ?= $(fuzz_targets)
T    ?= 60

$(FILTERS:%=$(B)/obj/tests/fuzz/%_fuzz.o): $(B)/obj/tests/fuzz/%_fuzz.o: tests/fuzz/filter_fuzz.c
	$Qmkdir -p $(@D)
	$Q$(compile) -DFILTER=$(subst -,_,$*) -MMD -MP -MF $(@:.o=.d) -c -o $@ $<

$(fuzz_targets:%=$(B)/fuzz/%): $(B)/fuzz/%: $(B)/obj/tests/fuzz/%_fuzz.o $(B)/obj/tests/unit/drive.o \
		$(filter_objects) $(registry) $(runner_objects) $(packing_objects) $(B)/lib/common.a
	$Qmkdir -p $(@D)
	$Q$(link) -fsanitize=fuzzer -o $@ $^ $(LDLIBS) -lyaml

# What is found interesting stays in build/fuzz/NAME, an input that breaks a law is build/fuzz/NAME-crash-….
# LSan's search after every input would take most of the time: leaks are looked for where a run ends.
fuzz: $(FUZZ:%=$(B)/fuzz/%) ## try T=60 seconds of random input on each part, or on FUZZ=NAME
	@for name in $(FUZZ); do \
	    mkdir -p build/fuzz/$$name; \
	    seeds=$$(ls -d tests/fuzz/$$name/seeds 2>/dev/null); \
	    dict=$$(ls tests/fuzz/$$name/dictionary 2>/dev/null); \
	    nice -n 10 $(B)/fuzz/$$name -max_total_time=$(T) -timeout=20 -rss_limit_mb=1024 -max_len=4096 \
	        -detect_leaks=0 -len_control=20 -print_final_stats=1 $${dict:+-dict=$$dict} \
	        -artifact_prefix=build/fuzz/$$name- build/fuzz/$$name $$seeds >build/fuzz/$$name.log 2>&1 || \
	        { grep -av '^#[0-9]' build/fuzz/$$name.log | tail -n 60; echo "fuzz: $$name failed" >&2; exit 1; }; \
	    echo "fuzz: $$name: $$(sed -n 's/^stat::number_of_executed_units: *//p' build/fuzz/$$name.log) inputs tried"; \
	done

# --- speed ----------------------------------------------------------------------------------------------

# Peers that need a library which is not there are left out, and the report says so.
CORPUS ?= $(B)/bench/generated.txt
N      ?= 7
icu    := $(shell pkg-config --exists icu-uc 2>/dev/null && echo icu-words icu-sentences)

$(B)/bench/%: tests/bench/%.c
	$Qmkdir -p $(@D)
	$Q$(CC) -std=c11 -D_GNU_SOURCE -O2 $(warnings) -o $@ $<

$(B)/bench/%: tests/bench/%.cc
	$Qmkdir -p $(@D)
	$Q$(CXX) -O2 -o $@ $< $$(pkg-config --cflags --libs icu-uc)

$(B)/bench/generated.txt: bytes := 32000000
$(B)/bench/slice.txt: bytes := 5000000
$(B)/bench/generated.txt $(B)/bench/slice.txt: tests/bench/generate tests/bench/language.txt
	$Qmkdir -p $(@D)
	$Qtests/bench/generate mixed $(bytes) >$@

bench_tools := $(addprefix $(B)/bench/,measure copy $(icu) generated.txt slice.txt)

.PHONY: bench bench-instructions bench-limits deps-bench
bench: $(programs) $(bench_tools) ## CPU time, memory and peers, in tests/bench/results.md; CORPUS='FILE...' N=7
	$QCC=$(CC) tests/bench/bench $(B) $(N) tests/bench/results.md $(CORPUS)
	$QCC=$(CC) tests/bench/instructions $(B) $(B)/bench/slice.txt

bench-instructions: $(programs) $(B)/bench/slice.txt ## instructions per byte, held to their limits
	$QCC=$(CC) tests/bench/instructions $(B) $(B)/bench/slice.txt

bench-limits: $(programs) $(B)/bench/slice.txt ## make what is counted now the limits
	$QCC=$(CC) tests/bench/instructions $(B) $(B)/bench/slice.txt update

# --- the main job -----------------------------------------------------------------------------------------

# These reach the shell through the environment, so that any name does: spaces, Arabic, quotes, dollars.
override IN   := $(value IN)
override OUT  := $(value OUT)
override JOBS := $(value JOBS)
override SET  := $(value SET)
export IN OUT JOBS SET

# SET to --set=NAME=VALUE, a line each: a value ends where the next NAME= begins, so that it may hold spaces.
settings = printf '%s\n' "$$SET" | \
	sed -E 's/^[[:space:]]+|[[:space:]]+$$//g; /^$$/d; s/[[:space:]]+([a-z][A-Za-z0-9_-]*=)/\n--set=\1/g; s/^/--set=/'

$(PIPELINES): $(programs)
	@if [ -z "$$IN" ] || [ -z "$$OUT" ]; then \
	    echo 'usage: make $@ IN=file-or-folder OUT=file-or-folder [JOBS=N] [SET="name=value name=value"]' >&2; \
	    exit 2; fi
	@IFS=$$(printf '\nx'); IFS=$${IFS%x}; set -f; set -- $$($(settings)); \
	    exec $(B)/bin/run-pipeline pipelines/$@.yaml "$$@" $${JOBS:+--jobs="$$JOBS"} --output="$$OUT" -- "$$IN"

# --- setting up -------------------------------------------------------------------------------------------

packages     := gcc libc6-dev libutf8proc-dev libxxhash-dev nettle-dev libstemmer-dev libyaml-dev libcmocka-dev unicode-data bzip2 perl
fuzz_packages := clang libclang-rt-14-dev

bench_packages := valgrind icu-devtools libicu-dev g++ pkg-config mawk gawk
slurm_packages := slurm-wlm munge
lint_packages := clang-format clang-tidy cppcheck mandoc universal-ctags

# Installs what is missing of the Debian packages in $(1).
define install_packages
	@if ! command -v apt-get >/dev/null; then \
	    echo 'Not a Debian system. Please install what these Debian packages hold:'; \
	    echo '  $(1)'; exit 0; fi; \
	missing=; for p in $(1); do \
	    dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	[ -z "$$missing" ] && { echo 'deps: everything needed is installed'; exit 0; }; \
	echo "deps: installing$$missing"; \
	if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null
endef

deps: ## install the Debian packages that building and testing need
	$(call install_packages,$(packages))

deps-bench: ## install the Debian packages that `make bench` compares with
	$(call install_packages,$(bench_packages))

deps-slurm: ## install the Debian packages that `make check-slurm` needs
	$(call install_packages,$(slurm_packages))

deps-lint: ## install the Debian packages that `make lint` needs
	$(call install_packages,$(lint_packages))

deps-fuzz: ## install the Debian packages that `make fuzz` needs
	$(call install_packages,$(fuzz_packages))

# A file that passed is not looked at again before it, or a header of it, changes. gcc's analyzer runs without
# optimization: with it, it takes a span passed by value for uninitialized (12.2).
# compiled.c, which includes tables of megabytes, would take them a quarter of an hour.
lint_tables  := $(wildcard filters/*/compiled.c)
lint_sources := $(filter-out $(lint_tables),$(wildcard common/*.c common/tools/*.c filters/*.c filters/*/*.c \
	filters/*/tools/*.c packing/*.c packing/*/*.c pipelines/run-pipeline/*.c))

$(B)/lint/%.ok: %.c $(B)/obj/%.o .clang-tidy
	$Qmkdir -p $(@D)
	$Qgcc -std=c11 $(cppflags) -O0 -fanalyzer -Werror -S -o /dev/null $<
	$Qclang-tidy --quiet $< -- -std=c11 $(cppflags) 2>$@.log || { cat $@.log >&2; exit 1; }
	$Qtouch $@

# What cppcheck calls uninitialized is a diag that the callee fills; the analyzers do see that.
lint: all $(lint_sources:%.c=$(B)/lint/%.ok) ## formatting, static analysis, man pages, and the five longest functions
	clang-format --dry-run -Werror $$(git ls-files '*.c' '*.h')
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	    -D_GNU_SOURCE -I. -I$(B)/gen --suppress=missingIncludeSystem --suppress=ctuuninitvar \
	    $(lint_tables:%=-i%) common filters packing pipelines
	mandoc -T lint -W warning $(pages)
	@echo 'The five longest functions:'
	@git ls-files '*.c' | ctags -L - -f - --fields=+ne --kinds-C=f | \
	    perl -ne '/line:(\d+).*end:(\d+)/ and printf "%4d lines  %s\n", $$2-$$1+1, join(" ", (split /\t/)[1,0])' | \
	    sort -rn | head -5

help: ## this
	@echo 'make TARGET [IN=... OUT=... JOBS=... SET=...]'
	@sed -n 's/^\([a-z][a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name text; do \
	    printf '  %-18s %s\n' "$$name" "$$text"; done
	@echo 'pipelines, each with IN=file-or-folder OUT=file-or-folder; also with JOBS=N, batches side by side, and'
	@echo 'with SET="name=value name=value" (run-pipeline NAME --describe tells the names; a value may hold spaces):'
	@for p in $(PIPELINES); do \
	    printf '  %-18s %s\n' "$$p" "$$(sed -n 's/^summary: *//p' pipelines/$$p.yaml)"; done

clean: ## remove build/
	rm -rf build

-include $(shell find build -type f -name '*.d' 2>/dev/null)
