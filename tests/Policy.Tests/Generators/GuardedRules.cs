using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Generators;

/// <summary>
/// Random policies of many rules whose conditions compare the same few things with constants, in all the ways to write it, among terms that
/// are in error or take too many steps; and actions that have those things, other things in their places, or none.
/// </summary>
internal static class GuardedRules
{
    private static readonly string[] Subjects =
    [
        "args.kind",
        "args.kind",
        "args.n",
        "args.deep.kind",
        "args['kind']",
        "args.?kind.orValue('a')",
        "args",
    ];

    private static readonly string[] Texts = ["intent.model", "intent.model", "agent.name", "intent.path"];

    private static readonly string[] Constants =
    [
        "'a'",
        "'b'",
        "'agent'",
        "''",
        "'\\U0001F600'",
        "1",
        "1u",
        "1.0",
        "0",
        "-0.0",
        "4",
        "true",
        "null",
        "9007199254740991",
        "9007199254740992",
        "9007199254740993",
        "9007199254740993u",
        "9007199254740992.0",
    ];

    private static readonly string[] Others =
    [
        "has(args.kind)",
        "has(args.deep.kind)",
        "!has(args.n)",
        "args.missing",
        "args.flag",
        "!args.flag",
        "intent.external",
        "1 / 0 == 1",
        "args.n > 0",
        "args.kind.startsWith('a')",
        "args.kind.contains('a')",
        "args.kind.matches('^a+$')",
        "args.list.all(x, args.list.all(y, x == y))",
        "'a' in args.list",
        "args.list == ['a', 'a']",
        "args.n in []",
        "true",
    ];

    /// <summary>Texts of JSON, and some that are none.</summary>
    public static readonly IReadOnlyList<string> Bodies =
    [
        "",
        "{",
        "[]",
        "\"a\"",
        "{}",
        """{"kind": "a", "n": 1, "deep": {"kind": "b"}, "flag": true, "list": ["a", "a"]}""",
        """{"kind": "b", "n": 1.0, "deep": {"kind": 1}, "flag": false, "list": []}""",
        """{"kind": "agent", "n": -0.0, "deep": "b"}""",
        """{"kind": "", "n": 9007199254740992, "deep": []}""",
        """{"kind": 1, "n": 9007199254740993}""",
        """{"kind": 1.0, "n": 9007199254740992.0}""",
        """{"kind": null, "n": null, "deep": null}""",
        """{"kind": {"a": 1}, "n": "a", "flag": "true"}""",
        """{"kind": ["a"], "n": true}""",
        """{"kind": "\ud83d\ude00", "n": 4}""",
        """{"kind": "\ud83d", "n": 1}""",
        """{"kind": "a", "\ud83d": 1}""",
        """{"deep": {"kind": "a", "\ud83d": 1}}""",
        """{"kind": "a", "kind": "b"}""",
        """{"n": 1e999, "kind": "a"}""",
        $$"""{"kind": "a", "n": 1, "list": [{{string.Join(", ", Enumerable.Repeat("\"a\"", 400))}}]}""",
        $$"""{"kind": "b", {{string.Join(", ", Enumerable.Range(0, 40).Select(i => $"\"f{i}\": 1"))}}, "n": 1}""",
    ];

    private static readonly Gen<string> Comparison =
        from kind in Gen.Choose(0, 4)
        from subject in Gen.Elements(
            kind switch
            {
                0 => ["agent.level"],
                1 or 2 => Texts,
                _ => Subjects,
            }
        )
        from constants in Gen.Elements(
                kind switch
                {
                    0 => ["0", "1", "4"],
                    1 or 2 => Constants[..5],
                    _ => Constants,
                }
            )
            .ArrayOf(3)
        from form in Gen.Choose(0, 6)
        select form switch
        {
            0 => $"{constants[0]} == {subject}",
            1 => $"{subject} in [{string.Join(", ", constants)}]",
            2 => $"({string.Join(" || ", constants.Select(constant => $"{subject} == {constant}"))})",
            3 => $"{subject} != {constants[0]}",
            _ => $"{subject} == {constants[0]}",
        };

    private static readonly Gen<string> Condition =
        from terms in Gen.Frequency((3, Comparison), (1, Gen.Elements(Others))).ArrayOf(4)
        from count in Gen.Choose(1, 4)
        from form in Gen.Choose(0, 11)
        let all = string.Join(" && ", terms.Take(count))
        select form switch
        {
            0 => $"!({all})",
            1 => $"{terms[0]} || {terms[1]}",
            2 => $"({terms[0]} && {terms[1]}) && {terms[2]}",
            3 => $"{terms[0]} && (({terms[1]}) && {terms[2]})",
            _ => all,
        };

    private static readonly Gen<string> Rule =
        from effect in Gen.Elements("allow", "degrade", "require_approval", "block", "dry_run")
        from priority in Gen.Choose(1, 3)
        from match in Gen.Elements(
            "",
            "",
            ", match: {tool_names: [system/act]}",
            ", match: {tool_names: [system/other]}",
            ", match: {actions: [read]}",
            ", match: {identities: [somebody]}",
            ", match: {risk_classes: [low]}"
        )
        from conditioned in Gen.Choose(0, 9)
        from condition in Condition
        let when = conditioned == 0 ? "" : $", when: {Quoted(condition)}"
        select string.Create(
            CultureInfo.InvariantCulture,
            $"effect: {effect}, priority: {priority}{match}{Obligations(effect, priority)}{when}"
        );

    public static Gen<World> Policies { get; } =
        from combine in Gen.Elements("", "combine: first-tier", "default_verdict: block")
        from rules in Rule.ArrayOf(40)
        from count in Gen.Choose(1, 40)
        select new World
        {
            Policy = combine.Length == 0 ? null : combine,
            Gate = "active: true, actions: [read]",
            Rules = [.. rules.Take(count).Select((rule, i) => $"{{name: r{i}, {rule}}}")],
        };

    /// <summary>The actions that each policy is asked about.</summary>
    public static IEnumerable<Intent> Intents(World world) =>
        from body in Bodies
        from model in new[] { null, "a", "b" }
        select world.Intent() with
        {
            Model = model,
            Arguments = Encoding.UTF8.GetBytes(body),
            Operation = Id<Operation>.Parse(model == "b" && body.Length == 2 ? "undeclared" : "act"),
        };

    private static string Obligations(string effect, int priority) =>
        effect == "degrade" ? $", obligations: {(priority == 1 ? "{max_tokens: 9}" : "{dry_run: true}")}" : "";

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
