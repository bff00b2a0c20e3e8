# Terskel: build, test, try.      `make help` lists what there is to make.
#
# Everything that is made stands under build/: the program build/terskel, the
# library build/libterskel.a, and a folder of objects for each variant.

MAKEFLAGS += --no-builtin-rules --no-print-directory
SHELL := /bin/sh
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all


# ---- What is built from what -----------------------------------------------

scanners  := $(wildcard lang/*/*.l)
grammars  := $(wildcard lang/*/*.y)
generated := $(scanners:lang/%.l=gen/%) $(grammars:lang/%.y=gen/%)
headers   := $(generated:%=build/%.h)

# What the program carries in itself (lang/text/embedded.h).
embedded  := $(sort $(wildcard lang/text/pages/*.md) $(shell find stdlib -name "*.tsk"))

# The library is everything but the shell; the program is the shell and the library.
shell     := $(basename $(wildcard runtime/shell/*.c))
library   := $(filter-out $(shell),$(basename $(wildcard lang/*/*.c runtime/*/*.c))) $(generated) gen/text/embedded
libraries := -lgmp -lutf8proc -lnettle

# A test program is one file, the helpers that all of them share, and the library.
helpers   := $(basename $(wildcard tests/lib/*.c))
tests     := $(basename $(wildcard tests/unit/*_test.c tests/property/*_test.c))

demo      := examples/norwegian-innovation-clusters


# ---- Packages (Debian 12) --------------------------------------------------

build_packages := gcc make bison flex libc6-dev libgmp-dev libutf8proc-dev nettle-dev tzdata
check_packages := $(build_packages) clang libcmocka-dev bats perl valgrind locales


# ---- How it is compiled ----------------------------------------------------

CC    := gcc
CLANG := clang
FLEX  := flex
BISON := bison

language     := -std=c11 -D_GNU_SOURCE -Ilang -Iruntime -Ibuild/gen
strict       := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
                -Wmissing-prototypes -Wold-style-definition -Wundef -Wcast-qual -Wwrite-strings \
                -Wvla -Wformat=2 -Werror
reproducible := '-ffile-prefix-map=$(CURDIR)=.'
hardened     := -fPIE -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2
hardened_link := -pie -Wl,-z,relro,-z,now
sanitized    := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

compile = $(language) $(strict) $(reproducible) -MMD -MP $(EXTRA) $(own) -c -o $@ $<

# EXTRA is for one's own use:  make EXTRA=-march=native
# own is what one file needs. Flex's and bison's skeletons pass the strict set but for what stands here.

# The scanner's own fatal error replaces flex's, which would end the process but is still written out.
build/%/gen/scan/scanner.o: own := -Wno-unused-function
# cmocka hands every test a state, and few look at it.
build/asan/tests/%.o: own := -Itests -Wno-unused-parameter

# V=1 shows the whole commands.
quietly = $(if $(V),,@echo '  $(1)' &&)


# ---- Variants --------------------------------------------------------------

# release is what one uses. asan stops at the first wrong access, leak or overflow, and its arrays
# start so small that every growth path runs. clang is the second opinion on warnings.

all: build/terskel build/libterskel.a ## build the program and the library (the default)

asan: build/asan/terskel ## build/asan/terskel: the same with the sanitizers

clang: build/clang/terskel ## build/clang/terskel: compiled with clang under the same warnings

# The files that may include what flex and bison make: those of the rooms from scan on.
to_see := $(filter lang/scan/% lang/tree/% lang/check/% lang/tools/% gen/%,$(library)) $(tests)

# $(call variant,folder,compiler,flags,link flags,program,library)
define variant
build/$(1)/%.o: %.c Makefile
	@mkdir -p $$(@D)
	$$(call quietly,$(1)  $$<)$(2) $(3) $$(compile)

build/$(1)/gen/%.o: build/gen/%.c Makefile
	@mkdir -p $$(@D)
	$$(call quietly,$(1)  $$<)$(2) $(3) $$(compile)

$(to_see:%=build/$(1)/%.o): | $(headers)

$(6): $(library:%=build/$(1)/%.o)
	@rm -f $$@
	$$(call quietly,$(1)  $$@)ar rcsD $$@ $$^

$(5): $(shell:%=build/$(1)/%.o) $(6)
	$$(call quietly,$(1)  $$@)$(2) $(3) $(4) -o $$@ $$^ $(libraries)

build/$(1)/tests/%_test: build/$(1)/tests/%_test.o $(helpers:%=build/$(1)/%.o) $(6)
	$$(call quietly,$(1)  $$@)$(2) $(3) $(4) -o $$@ $$^ $(libraries) -lcmocka
endef

$(eval $(call variant,release,$(CC),-O2 -g $(hardened),$(hardened_link),build/terskel,build/libterskel.a))
$(eval $(call variant,asan,$(CC),-O1 -g $(sanitized) -DTERSKEL_SMALL,,build/asan/terskel,build/asan/libterskel.a))
$(eval $(call variant,clang,$(CLANG),-O2 -g $(hardened),$(hardened_link),build/clang/terskel,build/clang/libterskel.a))

-include $(shell find build -name '*.d' 2>/dev/null)


# ---- Generated code --------------------------------------------------------

build/gen/%.c build/gen/%.h &: lang/%.l Makefile
	@mkdir -p $(@D)
	$(call quietly,flex  $<)$(FLEX) --outfile=build/gen/$*.c --header-file=build/gen/$*.h $<

build/gen/%.c build/gen/%.h &: lang/%.y Makefile
	@mkdir -p $(@D)
	$(call quietly,bison  $<)$(BISON) -Wcounterexamples -Werror --header=build/gen/$*.h --output=build/gen/$*.c $<

# The list changes when a text comes or goes, so that the table is made again.
build/gen/text/embedded.c: lang/text/embed $(embedded) build/gen/text/embedded.list
	$(call quietly,embed  lang/text/pages stdlib)lang/text/embed >$@

build/gen/text/embedded.list: FORCE
	@mkdir -p $(@D)
	@echo $(embedded) | cmp -s - $@ || echo $(embedded) >$@


# ---- Packages, demo --------------------------------------------------------

deps: ## install the Debian packages that building and testing need and that are missing
	@.ci/packages $(check_packages)

demo: ## install what is missing, build, and judge the example's applications
	@.ci/packages $(build_packages)
	@$(MAKE) -j$(cores) all
	@build/terskel run $(demo)/programme.tsk $(demo)/applications.jsonl || test $$? -eq 1
	@# Status 1 says that an application of the example could not be judged, which is part of the show.


# ---- Tests -----------------------------------------------------------------

check: ## install what is missing and run every test
	@.ci/packages $(check_packages)
	@$(MAKE) -j$(cores) all asan test-programs
	@tests/run all $(tests:%=build/asan/%)

check-quick: ## unit tests, house rules, and the command line with the release build
	@$(MAKE) -j$(cores) all test-programs
	@tests/run quick $(tests:%=build/asan/%)

unit: ## the unit and property tests alone
	@$(MAKE) -j$(cores) test-programs
	@tests/run unit $(tests:%=build/asan/%)

check-bare: ## demo and check in a bare Debian 12 (root; fetches packages; some minutes)
	@tests/house/bare-root

test-programs: $(tests:%=build/asan/%)

cores := $(shell nproc 2>/dev/null || echo 1)


# ---- Order in the house ----------------------------------------------------

formatted = $(wildcard lang/*/*.[ch] runtime/*.h runtime/*/*.[ch] tests/lib/*.[ch] tests/unit/*.[ch] tests/property/*.[ch])

format: ## lay out the C files by .clang-format
	@clang-format -i $(formatted)

format-check: ## say which C files are laid out otherwise
	@clang-format --dry-run --Werror $(formatted)

clean: ## remove everything that was made
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS="$$(printf '\t')" read -r name text; \
	  do printf '  make %-14s %s\n' "$$name" "$$text"; done

.PHONY: FORCE all asan clang deps demo check check-quick unit check-bare test-programs format format-check clean help
