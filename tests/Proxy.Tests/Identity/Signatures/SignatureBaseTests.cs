using Gateway.Proxy.Identity.Signatures;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Identity.Signatures;

public sealed class SignatureBaseTests
{
    [Theory]
    [InlineData("@method", "POST")]
    [InlineData("@authority", "gateway.example")]
    [InlineData("@scheme", "https")]
    [InlineData("@path", "/tools/crm/leads")]
    [InlineData("@query", "?page=1")]
    [InlineData("@request-target", "/tools/crm/leads?page=1")]
    [InlineData("@target-uri", "https://gateway.example/tools/crm/leads?page=1")]
    [InlineData("gateway-tenant", "acme")]
    public void Base_OneComponent_IsItsNameAndValue(string name, string value) =>
        Assert.Equal($"\"{name}\": {value}\n\"@signature-params\": (\"{name}\")", Exchange.BaseOf(Exchange.Unsigned(), $"(\"{name}\")"));

    [Fact]
    public void Base_EmptyQuery_IsAQuestionMark() =>
        Assert.StartsWith("\"@query\": ?\n", Base(Message("/a"), "@query"), StringComparison.Ordinal);

    [Fact]
    public void Base_EmptyPath_IsASlash() => Assert.StartsWith("\"@path\": /\n", Base(Message(""), "@path"), StringComparison.Ordinal);

    [Fact]
    public void Base_EncodedPath_IsLeftAsSent() =>
        Assert.StartsWith("\"@path\": /a%2fb/../c;d\n", Base(Message("/a%2fb/../c;d"), "@path"), StringComparison.Ordinal);

    [Fact]
    public void Base_AuthorityWithItsSchemesPort_HasNone() =>
        Assert.StartsWith(
            "\"@authority\": gateway.example\n",
            Base(Message("/").With(authority: "Gateway.EXAMPLE:443"), "@authority"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Base_AuthorityWithAnotherPort_KeepsIt() =>
        Assert.StartsWith("\"@authority\": a:80\n", Base(Message("/").With(authority: "A:80"), "@authority"), StringComparison.Ordinal);

    [Fact]
    public void Base_FieldLines_AreTrimmedAndJoinedInOrder()
    {
        var message = Message("/").Adding("X-A", "  one \t").Adding("x-a", "").Adding("X-A", "two,  three");
        Assert.StartsWith("\"x-a\": one, , two,  three\n", Base(message, "x-a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Base_EmptyField_IsAnEmptyValue() =>
        Assert.StartsWith("\"x-a\": \n", Base(Message("/").Adding("x-a", ""), "x-a"), StringComparison.Ordinal);

    [Fact]
    public void Base_BuiltTwice_IsTheSame() =>
        Assert.Equal(Base(Exchange.Unsigned(), "@target-uri"), Base(Exchange.Unsigned(), "@target-uri"));

    [Theory]
    [InlineData("(\"x-missing\")")]
    [InlineData("(\"@method\" \"@method\")")]
    [InlineData("(\"@signature-params\")")]
    [InlineData("(\"@status\")")]
    [InlineData("(\"@unknown\")")]
    [InlineData("(\"@query-param\")")]
    [InlineData("(\"@\")")]
    [InlineData("(\"\")")]
    [InlineData("(\"Content-Type\")")]
    [InlineData("(\"content-type\";sf)")]
    [InlineData("(\"content-type\";bs)")]
    [InlineData("(\"content-type\";tr)")]
    [InlineData("(\"content-type\";key=\"a\")")]
    [InlineData("(\"content-type\";name=\"a\")")]
    [InlineData("(\"@method\";req)")]
    [InlineData("(\"@query-param\";name=\"page\";name=\"page\")")]
    [InlineData("(@method)")]
    [InlineData("( \"@method\")")]
    [InlineData("(\"@method\"  \"@path\")")]
    [InlineData("(\"@method\" )")]
    [InlineData("(\"@method\"); created=1")]
    [InlineData("(\"@method\");created=01")]
    [InlineData("(\"@method\");a=1;a=1")]
    [InlineData("(\"@method\"")]
    [InlineData("(\"@method\")x")]
    [InlineData("\"@method\"")]
    [InlineData("")]
    public void Base_ListThatCannotBeCovered_IsNone(string parameters) => Assert.Null(Exchange.BaseOf(Exchange.Unsigned(), parameters));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\n\"@method\": GET")]
    [InlineData("caf\u00e9")]
    [InlineData("a\u0000b")]
    [InlineData("a\tb")]
    public void Base_ValueThatIsNotPrintableAscii_IsNone(string value) =>
        Assert.Null(Exchange.BaseOf(Message("/").Adding("x-a", value), "(\"x-a\")"));

    [Fact]
    public void Base_MoreComponentsThanAllowed_IsNone()
    {
        var names = Enumerable.Range(0, SignatureBase.MaxComponents + 1).Select(i => $"x-{i}").ToList();
        var message = Message("/").With(names.Select(name => (name, "v")));
        Assert.Null(Exchange.BaseOf(message, "(" + string.Join(' ', names.Select(n => $"\"{n}\"")) + ")"));
        Assert.NotNull(Exchange.BaseOf(message, "(" + string.Join(' ', names.Skip(1).Select(n => $"\"{n}\"")) + ")"));
    }

    [Fact]
    public void Base_LongerThanItsBuffer_IsNone() =>
        Assert.Null(Exchange.BaseOf(Message("/").Adding("x-a", new string('a', PooledAscii.MaxLength)), "(\"x-a\")"));

    [Fact]
    public void Base_LongButWithinBounds_IsWhole() =>
        Assert.Contains(
            new string('a', 50_000),
            Base(Message("/").Adding("x-a", new string('a', 50_000)), "x-a"),
            StringComparison.Ordinal
        );

    [SharedDataFact("vectors/wimse/sigs-request.txt")]
    public void Base_OfTheWimseRequest_CoversItsRequestTargetAndFlag()
    {
        var lines = File.ReadAllLines(Repository.Shared("vectors/wimse/sigs-request.txt"))
            .Skip(1)
            .Where(line => line.Length > 0)
            .Select(line => line.Split(": ", 2))
            .Select(parts => (parts[0], parts[1]))
            .ToList();
        var message = new TestMessage("GET", "https", "svcb.example.com", "/gimme-ice-cream?flavor=vanilla", lines);
        var input = lines.Single(line => line.Item1 == "Signature-Input").Item2["wimse=".Length..];
        Assert.StartsWith(
            "\"@method\": GET\n\"@request-target\": /gimme-ice-cream?flavor=vanilla\n\"workload-identity-token\": ey",
            Exchange.BaseOf(message, input),
            StringComparison.Ordinal
        );
    }

    private static TestMessage Message(string target) => Exchange.Unsigned().With(target: target);

    private static string Base(TestMessage message, string name) =>
        Exchange.BaseOf(message, $"(\"{name}\")") ?? throw new InvalidOperationException("no base for " + name);
}
