namespace Gateway.Gait.Tests.Differences;

/// <summary>The differences that no published case shows. Each is in <c>docs/gait-differences.md</c> under its id.</summary>
internal static class DifferenceCases
{
    public static IReadOnlyList<DifferenceCase> All { get; } =
    [
        new(
            "unknown-risk-word-evades-rule",
            "default_verdict: allow\nrules: [{name: b, effect: block, match: {risk_classes: [high]}}]",
            Intent("[]", risk: "hgih"),
            "allow",
            "block"
        ),
        new(
            "unknown-risk-word-evades-freeze",
            "default_verdict: block\nrules: [{name: a, effect: allow, freeze_window: {timezone: UTC, risk_classes: [high], "
                + "windows: [{start: \"2026-01-01T00:00:00\", end: \"2027-01-01T00:00:00\"}]}}]",
            Intent("[]", risk: "hgih"),
            "allow",
            "block"
        ),
        new(
            "broken-intent-without-risk-class",
            "default_verdict: allow\nfail_closed: {enabled: true}",
            "{\"tool_name\": \"tool.read\", \"context\": {\"identity\": \"a\", \"workspace\": \"/repo\"}}",
            "error",
            "block"
        ),
        new(
            "blocked-value-in-another-spelling",
            "default_verdict: allow\nrules: [{name: b, effect: block, match: {target_values: [/etc/passwd]}}]",
            Intent("[{\"kind\": \"path\", \"value\": \"/etc/./passwd\", \"operation\": \"read\"}]"),
            "allow",
            "block"
        ),
        new(
            "blocked-host-in-another-case",
            "default_verdict: allow\nrules: [{name: b, effect: block, match: {target_values: [evil.example]}}]",
            Intent("[{\"kind\": \"host\", \"value\": \"EVIL.example\"}]"),
            "allow",
            "block"
        ),
        new(
            "denied-path-in-another-spelling",
            "default_verdict: block\nrules: [{name: a, effect: allow, endpoint: {path_denylist: [\"/srv/secret/**\"]}}]",
            Intent("[{\"kind\": \"path\", \"value\": \"/srv/public/../secret/key\", \"operation\": \"read\"}]"),
            "allow",
            "block"
        ),
        new(
            "given-domain-is-not-the-host",
            "default_verdict: block\nrules: [{name: a, effect: allow, endpoint: {domain_allowlist: [api.example]}}]",
            Intent("[{\"kind\": \"url\", \"value\": \"https://evil.example/x\", \"endpoint_domain\": \"api.example\"}]"),
            "allow",
            "block"
        ),
        new(
            "host-that-cannot-be-told",
            "default_verdict: block\nrules: [{name: a, effect: allow, endpoint: {domain_allowlist: [api.example]}}]",
            Intent("[{\"kind\": \"url\", \"value\": \"evil\"}]"),
            "allow",
            "block"
        ),
        new(
            "script-targets-of-no-step",
            "default_verdict: block\nrules: [{name: a, effect: allow, match: {tool_names: [tool.read]}}]",
            Intent(
                "[{\"kind\": \"path\", \"value\": \"/x\", \"operation\": \"delete\"}]",
                more: ", \"script\": {\"steps\": [{\"tool_name\": \"tool.read\"}]}"
            ),
            "allow",
            "require_approval"
        ),
        new(
            "credential-bound-to-a-hidden-run",
            "default_verdict: block\nrules: [{name: a, effect: allow, block_standing_credentials: true}]",
            Intent(
                "[]",
                context: ", \"credential_ref\": \"ref:x\", \"credential_source\": \"aws_sts\", "
                    + "\"credential_access_type\": \"jit\", \"credential_run_binding\": \"run-1\""
            ),
            "allow",
            "block"
        ),
        new(
            "name-in-another-case",
            "default_verdict: allow",
            Intent("[]", more: ", \"Targets\": [{\"kind\": \"path\", \"value\": \"/x\"}]"),
            "allow",
            "error"
        ),
        new("name-twice", "default_verdict: allow", Intent("[]", more: ", \"tool_name\": \"tool.delete\""), "allow", "error"),
    ];

    private static string Intent(string targets, string risk = "low", string context = "", string more = "") =>
        $"{{\"tool_name\": \"tool.read\", \"args\": {{}}, \"targets\": {targets}{more}, "
        + $"\"context\": {{\"identity\": \"a\", \"workspace\": \"/repo\", \"risk_class\": \"{risk}\"{context}}}}}";
}
