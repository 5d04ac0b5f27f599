using System.Text;
using System.Text.Json;
using Gateway.Connectors.Mcp.Schemas;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Connectors.Tests.Mcp.Schemas;

/// <summary>The published test suite of JSON Schema 2020-12: all that is required, but for references that leave the document.</summary>
public sealed class OfficialSuiteTests(ITestOutputHelper output)
{
    private const string Suite = "vectors/json-schema/tests/draft2020-12";
    private const int RequiredTests = 1299;
    private const int OptionalTests = 157;

    /// <summary>Groups whose schema can't be used here, and why.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["defs.json: validate definition against metaschema"] = "refers to the metaschema, another document",
        ["ref.json: remote ref, containing refs itself"] = "refers to the metaschema, another document",
        ["dynamicRef.json: strict-tree schema, guards against misspelled properties"] = "another document",
        ["dynamicRef.json: tests for implementation dynamic anchor and reference link"] = "another document",
        ["dynamicRef.json: $ref and $dynamicAnchor are independent of order - $defs first"] = "another document",
        ["dynamicRef.json: $ref and $dynamicAnchor are independent of order - $ref first"] = "another document",
        ["dynamicRef.json: $ref to $dynamicRef finds detached $dynamicAnchor"] = "another document",
        ["refRemote.json: *"] = "another document, each of them",
        ["vocabulary.json: schema that uses custom metaschema with with no validation vocabulary"] = "another document's dialect",
        ["vocabulary.json: ignore unrecognized optional vocabulary"] = "another document's dialect",
    };

    /// <summary>Of the optional part, what is decided here; the rest of it is about formats as assertions and other drafts.</summary>
    private static readonly string[] Optional =
    [
        "anchor.json",
        "bignum.json",
        "dependencies-compatibility.json",
        "dynamicRef.json",
        "ecmascript-regex.json",
        "float-overflow.json",
        "id.json",
        "no-schema.json",
        "non-bmp-regex.json",
        "refOfUnknownKeyword.json",
        "unknownKeyword.json",
    ];

    [SharedDataFact(Suite)]
    public void Required_tests_pass_but_those_of_schemas_that_need_another_document()
    {
        var files = Directory.GetFiles(Repository.Shared(Suite), "*.json");
        var (run, refused) = Run(files);

        output.WriteLine(
            $"{run - refused.Sum(group => group.Tests)} of {run} required tests pass in {files.Length} files; the schemas of these"
        );
        output.WriteLine($"{refused.Sum(group => group.Tests)} are refused:");
        refused.ForEach(group => output.WriteLine($"  {group.Tests} in {group.Name}: {group.Reason}"));
        Assert.Equal(RequiredTests, run);
        Assert.Equal(
            Refused.Keys.Order(StringComparer.Ordinal),
            refused
                .Select(group => group.Name.StartsWith("refRemote", StringComparison.Ordinal) ? "refRemote.json: *" : group.Name)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
        Assert.All(refused, group => Assert.Matches("leads out of the document|names a dialect", group.Reason));
    }

    [SharedDataFact(Suite + "/optional")]
    public void Optional_tests_of_numbers_patterns_and_references_pass()
    {
        var (run, refused) = Run([.. Optional.Select(file => Repository.Shared($"{Suite}/optional/{file}"))]);

        output.WriteLine($"{run} optional tests");
        refused.ForEach(group => output.WriteLine($"  refused: {group.Tests} in {group.Name}: {group.Reason}"));
        Assert.Equal((OptionalTests, 0), (run, refused.Count));
    }

    private static (int Run, List<(string Name, int Tests, string Reason)> Refused) Run(string[] files)
    {
        var (run, refused, wrong) = (0, new List<(string, int, string)>(), new List<string>());
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            using var groups = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var group in groups.RootElement.EnumerateArray())
            {
                var name = $"{Path.GetFileName(file)}: {group.GetProperty("description").GetString()}";
                var tests = group.GetProperty("tests").EnumerateArray().ToList();
                run += tests.Count;
                var compiled = ArgumentSchema.Compile(Encoding.UTF8.GetBytes(group.GetProperty("schema").GetRawText()));
                if (!compiled.TryGet(out var schema))
                {
                    refused.Add((name, tests.Count, $"{compiled.Pointer} {compiled.Reason}"));
                    continue;
                }

                foreach (var test in tests)
                {
                    var fit = schema.Validate(Encoding.UTF8.GetBytes(test.GetProperty("data").GetRawText()));
                    if (fit.IsValid != test.GetProperty("valid").GetBoolean())
                    {
                        wrong.Add($"{name}: {test.GetProperty("description").GetString()}: {string.Join("; ", fit.Failures)}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {run} are judged otherwise:\n{string.Join('\n', wrong)}");
        return (run, refused);
    }
}
