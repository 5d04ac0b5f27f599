using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Cel.Library;
using Gateway.Cel.Text;
using Gateway.Policy.Conditions;
using Gateway.Testing;

namespace Gateway.Cel.Tests;

/// <summary>
/// The page shows the tables of the code, and examples that hold. Run once with GATEWAY_WRITE_DOCS=1 to write the tables anew.
/// </summary>
public sealed partial class CelPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "cel.md");

    [Fact]
    public void Page_ShowsTheVariablesOfTheCode() =>
        Compare(
            "variables",
            "| name | type | what |\n| --- | --- | --- |\n"
                + string.Concat(
                    ConditionVariables.All.Select(variable => $"| `{variable.Name}` | `{variable.Type}` | {variable.Means} |\n")
                )
        );

    [Fact]
    public void Page_ShowsTheMacrosOfTheCode() => Compare("macros", FunctionTable.MacrosToMarkdown());

    [Fact]
    public void Page_ShowsTheFunctionsOfTheCode() => Compare("functions", FunctionTable.ToMarkdown());

    [Fact]
    public void Page_ShowsTheLimitsOfTheCode()
    {
        var (text, limits) = (File.ReadAllText(Page), CelLimits.Default);

        Assert.All(
            [limits.TextLength, limits.Depth, limits.Nodes, limits.Comprehensions, limits.Cost],
            limit => Assert.Contains($"| {limit.ToString("N0", CultureInfo.InvariantCulture)} |", text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Page_ItsExamples_Compile()
    {
        var examples = Examples()
            .Matches(File.ReadAllText(Page))
            .SelectMany(match => match.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(CelCompiler.CompileCondition(example, ConditionVariables.Environment).Errors));
    }

    private static void Compare(string name, string table)
    {
        var (begin, end) = ($"<!-- {name}: generated -->\n", $"<!-- {name}: end -->");
        var text = File.ReadAllText(Page);
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"docs/cel.md lacks the markers of '{name}'.");
        if (text[from..to] == table)
        {
            return;
        }

#pragma warning disable RS0030 // Whoever changes a table says here that the page is to follow; no other setting can reach a test.
        var write = Environment.GetEnvironmentVariable("GATEWAY_WRITE_DOCS") == "1";
#pragma warning restore RS0030
        Assert.True(
            write,
            $"docs/cel.md differs from the code in the table '{name}'. "
                + "Write it anew: GATEWAY_WRITE_DOCS=1 dotnet test tests/Cel.Tests --filter CelPage"
        );
        File.WriteAllText(Page, text[..from] + table + text[to..]);
    }

    [GeneratedRegex("```cel\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
