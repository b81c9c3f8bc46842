/** Attacks on a run, what stops each of them, and the test that shows it. `security-page.ts` writes docs/security.md from them. */
export interface Attack {
  attack: string
  stops: string
  /** The file, and a title in it. */
  test: [file: string, title: string]
}

/** By who attacks: each heading names what they control. */
export const ATTACKS: Record<string, Attack[]> = {
  'The author of a checkout: what git is made to do': [
    {
      attack:
        'A folder of the checkout is laid out as a bare repository, so that git takes it for the repository',
      stops:
        'The repository is the one whose `.git` is nearest above; a bare one counts only if `GIT_DIR` names it',
      test: ['test/e2e/git.test.ts', 'the repository'],
    },
    {
      attack:
        'The repository’s configuration names a program: ssh, proxy, fsmonitor, hook, askpass, credential helper',
      stops:
        'git runs with all of these off and without any transport, so a missing object is an error, not a fetch',
      test: ['test/e2e/git.test.ts', 'nothing of a checkout runs a program'],
    },
    {
      attack: 'The checkout brings a program called `git`',
      stops: 'git is looked for in the absolute folders of `PATH` that are not in the checkout',
      test: ['test/e2e/git.test.ts', 'nor a git of the checkout'],
    },
    {
      attack: 'Replace objects or grafts put another file into a commit',
      stops: 'Both are off',
      test: ['test/e2e/git.test.ts', 'nor do replaced objects or grafts change a commit'],
    },
    {
      attack: 'A tag, or a branch that looks like a SHA, has the name of the branch that judges',
      stops: 'Branches come first, and a name that stands for two commits is an error that names both',
      test: ['test/e2e/git.test.ts', 'digits of a SHA and a branch called so is refused'],
    },
    {
      attack:
        'A tag has the name of a remote, so that `diff origin …` reads it in place of the remote’s branch',
      stops: 'The default branch of a remote counts as a branch',
      test: ['test/e2e/git.test.ts', 'a remote and a tag called so'],
    },
    {
      attack: 'The branch is damaged, and a tag has its name',
      stops: 'A damaged ref is an error that names it, not a missing ref',
      test: ['test/e2e/git.test.ts', 'a damaged branch and a tag'],
    },
    {
      attack:
        'A file is called `main`, or `main:.github/…`, so that `diff main …` reads it in place of the commit',
      stops: 'A file with the name of a commit is an error that says how to write each',
      test: ['test/e2e/git.test.ts', 'diff: a file that is called as a commit is'],
    },
    {
      attack:
        'A shallow, partial or damaged clone lacks the old policy, so that there appears to have been none',
      stops: 'Only a commit that has no such file has no policy; a missing object is an error',
      test: ['test/e2e/git.test.ts', 'what git lacks is an error, and not a policy that was never there'],
    },
  ],
  'The author of a fork: whose policy judges': [
    {
      attack: 'A workflow on `workflow_run`, `issue_comment` or another event checks out the fork’s head',
      stops:
        'One rule for every event: code that did not come from a branch or a tag of the repository is judged by the base’s policy',
      test: ['test/e2e/forks.test.ts', 'whose policy is judged by'],
    },
    {
      attack: 'An event that nobody has thought of',
      stops:
        'Code counts as a fork’s if its origin is unknown; the rule is tested with every event of GitHub’s webhook examples',
      test: ['test/github/trust.test.ts', 'the table has every event of the examples'],
    },
    {
      attack: 'git refuses or cannot read the fork’s checkout: another owner, broken, an unknown format',
      stops:
        'git is given the path of the `.git`, then HEAD is read from its files; if neither gives the commit, the code is a fork’s',
      test: ['test/e2e/checkouts.test.ts', 'a checkout that does not tell its commit may be a fork’s'],
    },
    {
      attack:
        'GitHub does not know the commit: a step merged the fork’s head, or fetched the commit from a repository that is not on GitHub',
      stops:
        'Such a commit counts only if it was made in the clone, and all of its parents are the repository’s own',
      test: ['test/e2e/checkouts.test.ts', 'a commit that a step has made is the repository’s own'],
    },
    {
      attack:
        'HEAD is a commit of the repository, but the fork’s files lie over it: policy, catalogues or links',
      stops:
        'If a workflow may check out a fork’s code, the policy and the files it names must match the commit, apart from line endings',
      test: ['test/e2e/laid-over.test.ts', 'files that are not the commit’s may be a fork’s'],
    },
    {
      attack:
        'The fork’s files lie over a commit of the repository, and the objects in `.git` are replaced to match them',
      stops: 'Each object is checked against its hash, from the commit down',
      test: ['test/e2e/laid-over.test.ts', 'objects that are not what their names say'],
    },
    {
      attack:
        'The fork’s files lie over the catalogue of a checkout within another one, or a file changes after it was compared',
      stops:
        'The catalogue is looked for in the checkout that has the policy. Each file is read once, so what was compared is what applies',
      test: ['test/e2e/laid-over.test.ts', 'another catalogue in a checkout within one that has its own'],
    },
    {
      attack:
        'A `.git` is unpacked into a folder of the checkout, so that the policy’s path leads to another file of the repository',
      stops: 'A repository in place of a folder of the repository around it may be a fork’s',
      test: [
        'test/e2e/laid-over.test.ts',
        'another file of the commit, in a repository in place of its folder',
      ],
    },
    {
      attack:
        'GitHub does not show the base, so that it is read from the clone, where an object was replaced',
      stops: 'The event names the commit, and from there each object is checked against its hash',
      test: ['test/e2e/base-in-clone.test.ts', 'is not read from an object that is not what its name says'],
    },
    {
      attack:
        'A link in the fork’s checkout leads to a lax policy of the repository, or a link of the repository leads through that checkout',
      stops: 'Every checkout with a link on the way to the policy has to be the repository’s own',
      test: ['test/e2e/checkouts.test.ts', 'a link from one checkout to another'],
    },
    {
      attack: 'The repository is checked out in a subfolder, so that the base seems to have no policy there',
      stops: 'The base’s policy is looked for where the repository has it',
      test: ['test/e2e/checkouts.test.ts', 'hides no loosening'],
    },
    {
      attack:
        'The base’s policy lies behind a linked folder or in a submodule, which the API shows as nothing',
      stops: 'Links are followed; a submodule is an error, not a base without a policy',
      test: ['test/e2e/pull-request.test.ts', 'of a base is found where its folder is %s'],
    },
    {
      attack: '`policy-ref` names the fork’s commit by its SHA',
      stops: 'For a fork’s code only a branch or a tag of the repository is accepted',
      test: ['test/e2e/forks.test.ts', 'policy-ref for the code of a fork'],
    },
    {
      attack:
        '`policy-ref` names the fork’s commit, or `refs/pull/7/head`, on a comment, where the default branch is checked out',
      stops: 'The rule above holds wherever a workflow may look at a fork’s code',
      test: [
        'test/e2e/forks.test.ts',
        'policy-ref where a fork’s code may be looked at, whatever is checked out',
      ],
    },
    {
      attack:
        '`policy-ref` is `github.head_ref`, and the fork’s branch has the name of an old branch of the repository, whose policy is lax',
      stops: 'The name of a fork’s branch is refused, unless it is the base’s',
      test: ['test/e2e/forks.test.ts', 'policy-ref that is the name of the fork’s branch'],
    },
    {
      attack: 'The base’s policy cannot be read',
      stops: 'Exit 2, with the reason: nothing takes its place',
      test: ['test/e2e/forks.test.ts', "a base that cannot be read: nothing's, and people are told"],
    },
    {
      attack: 'Comments or issues without end, or pages that repeat themselves',
      stops: 'At most 30 pages, asked for by number; no address of a next page is followed',
      test: [
        'test/e2e/comment.test.ts',
        'is written where pages repeat themselves, and no address of a next page is followed',
      ],
    },
    {
      attack: 'An API response that is cut off, endless or not a list, so that a comment is posted twice',
      stops: 'A response gets 32 MiB and 10 s; an incomplete list is an error, and nothing is posted',
      test: ['test/e2e/comment.test.ts', 'where the list of comments does not come whole'],
    },
    {
      attack: 'A rate limit that asks for a negative wait, so that a later one may last for days',
      stops: 'A run waits 60 s in all, and a negative wait is refused',
      test: ['test/e2e/comment.test.ts', 'a limit that asks for a wait of %s is not waited for'],
    },
    {
      attack:
        'The fork brings a `report.json` that has its violations already, where the workflow looks for the `baseline`',
      stops:
        'For a fork’s code, a baseline in a checkout, or reached through a link in one, is refused: exit status 2',
      test: ['test/e2e/baseline.test.ts', 'of a fork, a baseline in the checkout is refused'],
    },
    {
      attack:
        'A commit of a pull request loosens the policy, and its report is the baseline of the next commit',
      stops: 'A loosening never counts as known, whatever the baseline contains',
      test: ['test/judge/known.test.ts', 'a loosening is never known'],
    },
  ],
  'The author of a policy: a loosening that stays unseen': [
    {
      attack: 'Any change that lets a run pass that failed before, and that the review does not report',
      stops:
        'The review is compared with the judgement itself, on random policies, changes, networks and ways to run',
      test: ['test/policy/diff/judged.test.ts', 'lets no run pass that failed before'],
    },
    {
      attack:
        'The first environment hides a change of the top-level settings, which a workflow that names its endpoints is judged by',
      stops: 'Every way in which a run reaches a rule is compared, endpoints of a workflow included',
      test: ['test/policy/diff/diff.test.ts', 'the first ones, and what only they would change'],
    },
    {
      attack: 'A new environment with the name of a deployment takes over its gate',
      stops:
        'Whatever all environments together required and the new one does not is reported. Two names that differ only in case are refused',
      test: ['test/policy/diff/diff.test.ts', 'one that takes over the deployments of its name'],
    },
    {
      attack: 'Under `on-doubt: warn`, a time limit of 1 ms, a rate of 1, or far more to scan',
      stops: 'Each is a loosening, as bad as what it leaves unscanned',
      test: ['test/policy/diff/diff.test.ts', 'how fast, where a doubt passes'],
    },
    {
      attack: 'A host listed twice, a block as two halves, or `/32` for an address loses its settings',
      stops: 'Endpoints are compared by address, and each has to be scanned as thoroughly as before',
      test: ['test/policy/diff/diff.test.ts', 'a host that is listed twice, neither time as before'],
    },
    {
      attack:
        'Under `on-doubt: warn`, a slow endpoint shares the address of another one, or is a name that may lead there',
      stops:
        'The time is estimated for all endpoints together that may share an address, and a name may lead to any',
      test: ['test/policy/diff/diff.test.ts', 'an endpoint that slows down all that share its address'],
    },
    {
      attack:
        'A loosening that matters only where doubts pass: the workflow says `on-doubt: warn`, and the policy does not',
      stops: 'The review takes the input into account; `diff` does not know it, and assumes the worse case',
      test: ['test/run.test.ts', 'is rated by what the workflow says of doubts'],
    },
    {
      attack: 'A new host that always answers ends the doubt about a run in which all others are silent',
      stops: 'It is reported unless another host has to answer in any case',
      test: ['test/policy/diff/diff.test.ts', 'one more host, where another has to answer for a while'],
    },
    {
      attack: 'A risky allowance without a reason moves into an environment that never fails',
      stops: 'Undocumented allowances are compared by where they fail the check',
      test: [
        'test/policy/diff/diff.test.ts',
        'an allowance that moves to where nothing fails for what it lacks',
      ],
    },
    {
      attack:
        '`service: http`, `grafana` or another that HTTP carries lets the Docker API through on an odd port',
      stops:
        'The loosening is as severe as the worst service that the judge would accept there. Both use the same rule',
      test: [
        'test/policy/diff/diff.test.ts',
        'a port for a service, by the worst that it cannot be told from',
      ],
    },
    {
      attack: 'A harmless service is named for a port whose service is never identified',
      stops: 'The port alone counts there',
      test: [
        'test/policy/diff/diff.test.ts',
        'a port that is not asked what answers, by the risk of the port',
      ],
    },
    {
      attack:
        'A canary, or an endpoint, on the scanning machine ends the doubt about a run that sees nothing',
      stops:
        'Only what is reached by the route of the scan proves that the machine can see; a new canary is never a tightening',
      test: ['test/lab/limits.test.ts', 'a canary does not speak for a machine that sees nothing'],
    },
    {
      attack: '1 MiB of patterns, names, blocks, ports or brackets stops the check',
      stops: 'One budget for the whole file, charged before anything is expanded; matching by index',
      test: ['test/policy/budget.test.ts', 'a policy of any shape is answered'],
    },
    {
      attack:
        'Patterns that match every host, or denials that apply to all of them, have to be combined again for each host',
      stops: 'The same budget covers finding the rules of a host and combining their ports',
      test: ['test/policy/budget.test.ts', 'and where what holds for all has to be put together for each'],
    },
    {
      attack: 'A URL of 1 MiB of letters beyond ASCII, which takes minutes to be read as a name',
      stops: 'A URL of more than 2,000 characters is refused unread',
      test: ['test/policy/budget.test.ts', 'of a size at which what grows with its square takes far longer'],
    },
    {
      attack: 'A policy that is slow to compare stops the review',
      stops: 'A comparison that would take too long is refused: the doubt or note `unreviewed-policy`',
      test: ['test/policy/diff/large.test.ts', 'a policy of any shape is compared, or is too large to be'],
    },
  ],
  'A scanned host: what it can do to others, and to its own rating': [
    {
      attack:
        'TLS with a 10,000-bit Diffie-Hellman modulus blocks the program, and an innocent host is accused',
      stops: 'No finite-field Diffie-Hellman is offered, and the time that one host may cost is bounded',
      test: ['test/scan/identify-starved.test.ts', 'no Diffie-Hellman over a modulus of 10,000 bits'],
    },
    {
      attack: 'The program is blocked for another reason while a slow service answers',
      stops: 'What has arrived is read before a timeout counts, and the lost time is added to it',
      test: ['test/scan/identify-starved.test.ts', 'is no silence of another'],
    },
    {
      attack: 'A chain of certificates with thousands of name constraints blocks the program for a second',
      stops: 'A handshake of more than 16 KiB is processed in a thread of its own',
      test: ['test/scan/identify-starved.test.ts', 'no chain of certificates that takes long to verify'],
    },
    {
      attack: 'What answers for one name of an address decides the verdict on another name',
      stops: 'Each name is queried separately, and the result counts only for that name',
      test: ['test/scan/apart.test.ts', 'what hangs up on one is there for the other'],
    },
    {
      attack: 'An allowance for one host changes how a port of another is queried',
      stops: 'What is expected follows from the host’s own rules, and only decides the order of the queries',
      test: ['test/scan/apart.test.ts', 'does not decide how another is asked'],
    },
    {
      attack: 'Bare TLS in place of the service that the policy names',
      stops: 'TLS with nothing identified inside is the doubt `unidentified-service`',
      test: ['test/judge/judge.test.ts', 'Kafka, and TLS that says no more'],
    },
    {
      attack: 'Silence or a stall where a service is expected',
      stops:
        'Silence is no violation: a second try, alone on its host, then the doubt `unidentified-service`',
      test: ['test/judge/judge.test.ts', 'unidentified-service'],
    },
    {
      attack: '`HTTP/1.1 200` on 6379, so that Redis is taken for a web server',
      stops: 'A carrier or a generic server is no evidence: the severity of the port’s usual service stands',
      test: ['test/judge/judge.test.ts', 'HTTP where Redis would be'],
    },
    {
      attack: 'Every port accepts, so that a violation is lost among them',
      stops: 'A positively identified service is still a violation unless the policy allows it',
      test: [
        'test/scan/scan.test.ts',
        'a Redis among ports that all accept and say nothing is seen to answer as itself',
      ],
    },
    {
      attack: 'All scanned ports accept, so that the host passes for a tarpit',
      stops: 'That is decided by decoys, drawn from all dynamic ports, whatever is scanned',
      test: [
        'test/scan/scan.test.ts',
        'a host that accepts whatever is tried is told from one with many services',
      ],
    },
    {
      attack: 'Every third port accepts, so that thousands of findings bury those of other hosts',
      stops:
        'If a host has more than 100 findings, those that are alike become one, as severe as each of them',
      test: ['test/judge/judge.test.ts', 'that are alike are told as one finding, as severe as each of them'],
    },
    {
      attack:
        'Thousands of open ports use up the time, so that a service on another host is rated by its port alone',
      stops:
        'Hosts with more than 100 open ports are confirmed and identified after all others; what was not identified in time is a doubt',
      test: ['test/scan/scan.test.ts', 'does not keep another from being asked'],
    },
    {
      attack:
        'More findings than code scanning takes, so that alerts of other hosts are left out and count as fixed',
      stops: 'Hosts take turns in `report.sarif`, and a file that was cut says that it is incomplete',
      test: ['test/report/sarif.test.ts', 'one host with thousands of findings leaves room for the others'],
    },
    {
      attack: 'A device answers for a part of the ports, so that a violation is lost among hundreds',
      stops: 'One doubt names the range; an identified service is still a violation unless allowed',
      test: ['test/judge/judge.test.ts', 'one doubt where something answers for a part of the ports'],
    },
    {
      attack: 'Banners without end, byte by byte, in every form of hostile text',
      stops: 'Bytes read, attempts to parse them and text are bounded; text is copied and cleaned',
      test: ['test/scan/identify-hostile.test.ts', 'identifyPort, of a hostile port'],
    },
    {
      attack: 'A certificate on secp256k1 or a brainpool curve, which ends the whole process',
      stops: 'The certificate is read without the function of Node that crashes',
      test: ['test/scan/identify-hostile.test.ts', 'identifyPort, of a hostile port'],
    },
    {
      attack: 'A page whose headers or body drip, or go on without end',
      stops: 'Once a response has begun, it has 1.5 s to arrive in full',
      test: ['test/scan/identify-hostile.test.ts', 'identifyPort, of a hostile port'],
    },
    {
      attack: 'A zone, or nonsense, in the address names of a certificate',
      stops: 'Anything that is not a name or an address is skipped',
      test: ['test/scan/identify-hostile.test.ts', 'alternativeNames'],
    },
  ],
  'Files, names, time': [
    {
      attack: '`output-directory`, a folder above it or a report in it is a link of the checkout',
      stops:
        'Nothing is written through a link in the checkout; a report replaces what is there, whole or not at all',
      test: [
        'test/e2e/hostile-checkout.test.ts',
        'is written through no link of the checkout, and nothing is scanned for it',
      ],
    },
    {
      attack: 'A pipe or a device in place of a file makes the run wait',
      stops: 'Files are looked at before they are opened; only regular ones are read',
      test: ['test/e2e/hostile-checkout.test.ts', 'a pipe is refused at once, whoever reads it'],
    },
    {
      attack: 'A pipe in place of the file for the outputs or the job summary',
      stops: 'Nothing is written to it; the log says so, and the verdict stands',
      test: ['test/e2e/hostile-checkout.test.ts', 'a pipe in place of the file of %s is not waited for'],
    },
    {
      attack: '`extends:` names a secret, here or in a repository that the token may read',
      stops: 'Read like a catalogue; a file that is not a policy is not quoted',
      test: ['test/prepare/floors.test.ts', 'that is no policy, and nothing of it is shown: %s'],
    },
    {
      attack:
        'A policy still extends its floor, but undoes it: thresholds, ports, `exclude`, `ignore`, the catalogue',
      stops:
        'What a policy means is compared with what its floor demands; a policy that loosens it is refused',
      test: ['test/policy/floor/judged.test.ts', 'lets no run pass that fails by the floor alone'],
    },
    {
      attack: '`repository` leads out of the API’s path, or the API’s answer leads to another host',
      stops: 'A repository is two names and nothing else; the token stays with the API’s own host',
      test: ['test/e2e/extends.test.ts', 'the token goes to the API and nowhere else, wherever that leads'],
    },
    {
      attack: '`catalogue:` or a linked policy names a secret, whose lines would be quoted',
      stops: 'Nothing in `.git` and nothing untracked is read; a file that is not a catalogue is not quoted',
      test: ['test/e2e/hostile-checkout.test.ts', 'in a file that is named as a catalogue is in no output'],
    },
    {
      attack: '`endpoints: ","`, an empty flag, or a URL with a comma that names a second host',
      stops: 'Each is refused: a list that names nothing is not the default',
      test: [
        'test/prepare/options.test.ts',
        'a list that names nothing, or a URL that may be two, is refused',
      ],
    },
    {
      attack: 'A metadata service by another spelling: IPv4-mapped, NAT64, 6to4, Teredo, ISATAP',
      stops: 'The IPv4 address that it embeds is refused in this form, too',
      test: ['test/policy/scope.test.ts', 'without a scope'],
    },
    {
      attack:
        'A wildcard in a search domain answers for a name without a final dot, so that another host is scanned',
      stops:
        'The report says that the name was found through a search domain; with a final dot none is tried',
      test: ['test/lab/certainty.test.ts', 'a name that a search domain leads to somebody else is told'],
    },
    {
      attack: 'Name servers that never answer hold the run for minutes',
      stops: 'Names are looked up in a process of their own, with half of the time limit',
      test: ['test/lab/limits.test.ts', 'a time limit holds'],
    },
    {
      attack: 'SIGTERM is swallowed while a lookup or a wait is under way',
      stops: 'The first ends the run with what it has, the second at once',
      test: ['test/lab/limits.test.ts', 'SIGTERM ends a run with what it has'],
    },
  ],
}
