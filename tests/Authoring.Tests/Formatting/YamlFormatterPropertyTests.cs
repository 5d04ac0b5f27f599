using FsCheck;
using FsCheck.Fluent;
using Gateway.Authoring.Cases;
using Gateway.Authoring.Formatting;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Tests;
using Xunit.Abstractions;

namespace Gateway.Authoring.Tests.Formatting;

public sealed class YamlFormatterPropertyTests(ITestOutputHelper output)
{
    private static readonly string[] Statuses = ["draft", "active", "suspended"];

    private static readonly Gen<World> AnyWorld =
        from status in Gen.Elements(Statuses)
        from level in Gen.Elements<string?>(null, "L1", "L2", "L4")
        from action in Gen.Elements("read", "write", "external", "financial")
        from data in Gen.Elements("", "public", "pii, customer")
        from gate in Gen.Elements<string?>(null, "active: true, actions: [write, external]", "active: false")
        from rules in Gen.Elements(
                "{name: a, effect: block, match: {actions: [write]}}",
                "{name: 'b c', effect: allow, when: \"intent.risk != ' # no comment'\"}"
            )
            .ArrayOf()
            .Resize(3)
        from audit in Gen.Elements(true, false)
        select new World
        {
            Status = status,
            Level = level,
            Action = action,
            Data = data,
            Gate = gate,
            Rules = [.. rules.Distinct()],
            AuditLogging = audit,
        };

    /// <summary>Comments and empty lines between its lines: the documents of a world are one field a line.</summary>
    private static readonly Gen<string> AnyGovernance =
        from world in AnyWorld
        from noise in Gen.Elements("", "", "\n", "# a comment\n", "   # further right\n", "\n\n").ArrayOf(400)
        select string.Concat(
            world
                .Yaml.Split('\n')
                .Select((line, i) => line.Length == 0 ? "" : noise[i % noise.Length] + line + (i % 3 == 0 ? "   # behind\n" : "\n"))
        );

    [Fact]
    public void TheRevision_OfAnyDocuments_StaysAndASecondTimeChangesNothing() =>
        Prop.ForAll(
                AnyGovernance.ToArbitrary(),
                text =>
                {
                    var formatted = YamlFormatter.Format(new SourceFile("a.yaml", text)).Text!;
                    return Revision(formatted) == Revision(text) && Formatted(formatted) == formatted;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    [Fact]
    public void TheDigest_OfAnyRuleFile_Stays() =>
        Prop.ForAll(AnyRuleFile.ToArbitrary(), text => Digest(Formatted(text)) == Digest(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    [Fact]
    public void AnyLayout_KeepsItsValuesAndComments_OrIsLeftAlone()
    {
        var (formatted, all) = (0, 0);
        Prop.ForAll(
                AnyLayout.Documents.ToArbitrary(),
                text =>
                {
                    all++;
                    var after = YamlFormatter.Format(new SourceFile("a.yaml", text)).Text;
                    formatted += after is null ? 0 : 1;
                    return after is null || (Formatted(after) == after && Values(after) == Values(text) && Hashes(after) == Hashes(text));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
        output.WriteLine($"{formatted} of {all} formatted");
        Assert.True(formatted > all * 8 / 10, $"only {formatted} of {all} could be formatted");
    }

    [Fact]
    public void AnyText_NeverThrows() =>
        Prop.ForAll(
                Gen.Elements(
                        "a",
                        ": ",
                        "- ",
                        "\n",
                        "  ",
                        "#",
                        " # c",
                        "|\n",
                        ">-",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        "'",
                        "\"",
                        "---\n",
                        "? ",
                        "&x ",
                        "*x",
                        "!t ",
                        "\t",
                        "%",
                        "\uFEFF",
                        "\u2028",
                        "...\n",
                        "\ud800"
                    )
                    .ArrayOf()
                    .Select(string.Concat)
                    .ToArbitrary(),
                text =>
                    YamlFormatter.Format(new SourceFile("a.yaml", text)) is var result && (result.Text is null) == (result.Errors.Count > 0)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    private static readonly Gen<string> AnyRuleFile =
        from verdict in Gen.Elements("allow", "block", "'dry_run'", "require_approval")
        from tools in Gen.Elements("[a]", "[ b,a ]", "\n       - c\n       - a # one\n", "\n        [x,\n         y]")
        from effect in Gen.Elements("allow", "block")
        from noise in Gen.Elements("", "\n", "# x\n", "\n\n  # y\n").ArrayOf(3)
        select $"{noise[0]}default_verdict:   {verdict}\n{noise[1]}rules:\n-   name: r\n    effect: {effect}\n"
            + $"{noise[2]}    match:\n      tool_names: {tools}\n";

    private static string Formatted(string text) =>
        YamlFormatter.Format(new SourceFile("a.yaml", text)).Text ?? throw new InvalidOperationException("It can't be formatted:\n" + text);

    private static string Revision(string text)
    {
        var result = SnapshotCompiler.Compile([new SourceFile("a.yaml", text)]);
        return result.Value?.Revision.ToString() ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
    }

    private static string Digest(string text) =>
        RulePolicyReader.Read(new SourceFile("a.yaml", text)).TryGet(out var policy)
            ? PolicyCanonicalForm.Digest(policy).ToString()
            : throw new InvalidOperationException("It can't be read:\n" + text);

    private static string Values(string text) =>
        string.Join(
            '\n',
            NodeReader.Read(new SourceFile("a.yaml", text), 100, new ErrorList()).Select(node => Convert.ToHexString(NodeJson.Bytes(node)))
        );

    /// <summary>Every '#' there is, in values and comments: none comes and none goes.</summary>
    private static int Hashes(string text) => text.Count(c => c == '#');
}
