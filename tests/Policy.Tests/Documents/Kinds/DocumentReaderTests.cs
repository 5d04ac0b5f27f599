using Gateway.Policy.Documents;

namespace Gateway.Policy.Tests.Documents.Kinds;

public sealed class DocumentReaderTests
{
    /// <summary>Document, line, column, field, part of the problem, part of the remedy.</summary>
    public static TheoryData<string, int, int, string, string, string> Faults =>
        new()
        {
            {
                "apiVersion: gateway/v2\nkind: Tenant\nmetadata: {name: it}\n",
                1,
                13,
                "apiVersion",
                "Expected 'gateway/v1', not 'gateway/v2'",
                "Did you mean 'gateway/v1'?"
            },
            { "kind: Tenant\nmetadata: {name: it}\n", 1, 1, "apiVersion", "missing", "Add apiVersion" },
            { "apiVersion: gateway/v1\nkind: Agnet\nmetadata: {name: it}\n", 2, 7, "kind", "not 'Agnet'", "Did you mean 'Agent'?" },
            {
                "apiVersion: gateway/v1\nkind: Rulebook\nmetadata: {name: it}\nspec: {}\n",
                2,
                7,
                "kind",
                "not 'Rulebook'",
                "Use one of: Tenant, Workspace"
            },
            { "apiVersion: gateway/v1\nkind: Tenant\n", 1, 1, "metadata", "missing", "Add metadata" },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: it\n", 3, 11, "metadata", "Expected a mapping", "name: value" },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: It}\n",
                3,
                18,
                "metadata.name",
                "Expected a name of 1 to 64",
                "Write it like"
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it, tenant: other}\n",
                3,
                30,
                "metadata.tenant",
                "another tenant",
                "Remove it"
            },
            {
                "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: It, name: it}\nspec: {environment: test}\n",
                3,
                20,
                "metadata.tenant",
                "",
                ""
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata:\n  name: it\n  label: {a: b}\n",
                5,
                3,
                "metadata.label",
                "no such field",
                "Did you mean 'labels'?"
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\nspec:\n  rates: {}\n",
                5,
                3,
                "spec.rates",
                "no such field",
                "Did you mean 'rate'?"
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\nzzz: 1\n",
                4,
                1,
                "zzz",
                "no such field",
                "known here are: apiVersion, kind, metadata, spec"
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nkind: Tenant\nmetadata: {name: it}\n",
                3,
                1,
                "",
                "'kind' is here twice",
                "the first is in line 2"
            },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: &a {name: it}\n", 3, 11, "", "Anchors", "Remove it" },
            { "apiVersion: gateway/v1\nkind: !!str Tenant\nmetadata: {name: it}\n", 2, 7, "", "Tags", "Remove it" },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n? [a]\n: b\n", 4, 3, "", "must be text", "name: value" },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\nspec: {rate: {requests: 1, period: 1x}}\n",
                4,
                36,
                "spec.rate.period",
                "Expected a duration from 1s to 1d, not '1x'",
                "Write it like 1s."
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\nspec: {rate: {requests: 0, period: 1s}}\n",
                4,
                25,
                "spec.rate.requests",
                "Expected a whole number from 1 to 1000000, not '0'",
                "Write it like 1."
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\nspec: {rate: {requests: '5', period: 1s}}\n",
                4,
                25,
                "spec.rate.requests",
                "without quotes",
                "Write it like 1."
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\nspec: {rate: {requests: [1], period: 1s}}\n",
                4,
                25,
                "spec.rate.requests",
                "not a list",
                "Write it like 1."
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\nspec: {rate: {requests: , period: 1s}}\n",
                4,
                25,
                "spec.rate.requests",
                "not nothing",
                "Write it like 1."
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\nspec: {rate: {requests: 2, period: 1s, burst: 3}}\n",
                4,
                47,
                "spec.rate.burst",
                "over the requests",
                "Lower it"
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\nspec: {modelTokens: {tokens: 1, window: 2h}}\n",
                4,
                41,
                "spec.modelTokens.window",
                "Expected one of the durations 1m, 1h, 1d, not '2h'",
                "Write it like 1m."
            },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\nspec: {rate: 5}\n",
                4,
                14,
                "spec.rate",
                "Expected a mapping",
                "name: value"
            },
            { "\0\0\0\0", 1, 1, "", "NUL character", "Write the file anew" },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n# \0\n---\nkind: Policy\n",
                4,
                3,
                "",
                "NUL character",
                "Write the file anew"
            },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n# harmless\u0085spec: {}\n", 4, 11, "", "U+0085", "Remove it" },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n# harmless\u2028spec: {}\n", 4, 11, "", "U+2028", "Remove it" },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n# harmless\u2029spec: {}\n", 4, 11, "", "U+2029", "Remove it" },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n# harmless\rspec: {}\n", 4, 11, "", "U+000D", "Remove it" },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n# harmless\u000bspec: {}\n", 4, 11, "", "U+000B", "Remove it" },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n# harmless\u000cspec: {}\n", 4, 11, "", "U+000C", "Remove it" },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n# harmless\u202espec: {}\n", 4, 11, "", "U+202E", "Remove it" },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n# harmless\u2066spec: {}\n", 4, 11, "", "U+2066", "Remove it" },
            { "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it}\n# harmless\u001bspec: {}\n", 4, 11, "", "U+001B", "Remove it" },
            { "just text\n", 1, 1, "", "A document is a mapping", "apiVersion: gateway/v1" },
            { "- a\n- b\n", 1, 1, "", "A document is a mapping", "apiVersion: gateway/v1" },
            {
                "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: it, labels: {a: 1, b: [1]}}\n",
                3,
                40,
                "metadata.labels.b",
                "not a list",
                "some text"
            },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_InADocument_IsReportedWithPlaceFieldProblemAndRemedy(
        string text,
        int line,
        int column,
        string field,
        string problem,
        string remedy
    )
    {
        var errors = Governance.Compile(text).Errors;

        var error = Assert.Single(
            errors,
            e => e.Position.Line == line && e.Position.Column == column && e.Problem.Contains(problem, StringComparison.Ordinal)
        );
        Assert.Equal("a.yaml", error.Position.File);
        Assert.Equal(field, error.Field);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: gateway/v1\nkind: [\n")]
    [InlineData("\"open")]
    [InlineData("a: b: c\n")]
    [InlineData("a: \"\\ud800\"")]
    [InlineData("%YAML 9.9\n---\na: b\n")]
    public void Text_ThatIsNotYaml_IsOneErrorWithAPosition(string text)
    {
        var error = Assert.Single(
            Governance.Compile(text).Errors,
            e => e.Problem.StartsWith("This can't be read as YAML", StringComparison.Ordinal)
        );

        Assert.True(error.Position.Line >= 1);
    }

    [Fact]
    public void Alias_IsRefusedWhereItStands()
    {
        var errors = Governance.Compile("a: &x [1]\nb: *x\n").Errors;

        Assert.Contains(errors, e => e.Problem.StartsWith("Anchors", StringComparison.Ordinal) && e.Position is { Line: 1, Column: 4 });
        Assert.Contains(errors, e => e.Problem.StartsWith("Aliases", StringComparison.Ordinal) && e.Position is { Line: 2, Column: 4 });
    }

    [Fact]
    public void Faults_InSeveralDocumentsAndFiles_AreAllReportedAtOnceInOrder()
    {
        var errors = Governance
            .Compile(
                "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: demo, name: one}\nspec: {environment: moon}\n---\n"
                    + "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: demo, name: two}\nspec: {environment: tset, x: 1}\n",
                Governance.Tenant + "spec: {y: 1}\n"
            )
            .Errors;

        Assert.Equal(["a.yaml:4:21", "a.yaml:9:21", "a.yaml:9:27", "b.yaml:4:8"], errors.Select(e => e.Position.ToString()));
    }

    [Fact]
    public void Document_DeclaredTwice_IsRefusedAtTheSecondAndNamesTheFirst()
    {
        var error = Governance.Error(Governance.Compile(Governance.Tenant, Governance.Tenant));

        Assert.Equal("b.yaml", error.Position.File);
        Assert.Contains("already a Tenant 'demo'", error.Problem, StringComparison.Ordinal);
        Assert.Contains("a.yaml:1:1", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyDocuments_AndComments_AreNothing() =>
        Assert.Single(Governance.Compiled("# nothing\n", "---\n---\n# still nothing\n---\n" + Governance.Tenant).Tenants);

    [Fact]
    public void File_OverTheLimit_IsOneError()
    {
        var error = Governance.Error(Governance.Compile(new string('#', SourceFile.MaxBytes + 1)));

        Assert.Equal("a.yaml", error.Position.ToString());
        Assert.Contains("over 4 MiB", error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Nesting_OverTheLimit_IsAnErrorAndNeverAnOverflow(char open)
    {
        var text = string.Concat(Enumerable.Repeat(open == '[' ? "[" : "{a: ", 100_000));

        Assert.Contains(Governance.Compile(text).Errors, e => e.Problem.Contains("deeper than 32", StringComparison.Ordinal));
    }

    [Fact]
    public void HalfOfASurrogatePair_IsRefused()
    {
        var errors = Governance.Compile("apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: demo, labels: {a: b\ud800c}}\n").Errors;

        Assert.Contains(errors, e => e.Problem.Contains("surrogate", StringComparison.Ordinal) && e.Position is { Line: 3, Column: 36 });
    }

    [Fact]
    public void Documents_OverTheLimit_AreAnError()
    {
        const int left = 1000; // What the files before this one have left of the limit.
        var text = string.Concat(Enumerable.Repeat("--- {}\n", left + 1));
        var errors = new ErrorList();

        Assert.Equal(left, NodeReader.Read(new SourceFile("a.yaml", text), left, errors).Count);
        Assert.Contains("too many documents", Assert.Single(errors.InOrder()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_OverTheLimit_AreCounted()
    {
        var errors = Governance
            .Compile(Governance.Tenant + "spec:\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"  x{i}: 1\n")))
            .Errors;

        Assert.Equal(ErrorList.MaxShown + 1, errors.Count);
        Assert.Contains(errors, e => e.Problem == "There are 2000 more errors.");
    }

    [Theory]
    [InlineData("reference: sk-very-secret, placement: bearer")]
    [InlineData("reference: 'vault://local/x#y z sk-very-secret', placement: bearer")]
    public void Secret_PastedWhereAReferenceBelongs_IsNotRepeatedInTheError(string credential)
    {
        var result = Governance.CompileSpec(
            "Connector",
            $"type: openai\nbaseAddress: https://x.example\nrisk: low\nmodels: [{{match: m, maxTokens: 1}}]\ncredential: {{{credential}}}"
        );

        Assert.DoesNotContain("very-secret", Governance.Error(result).ToString(), StringComparison.Ordinal);
    }
}
