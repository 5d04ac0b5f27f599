using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Tests.FrontDoor;

public sealed class HeaderRulesTests
{
    private static readonly string[] Ordinary = ["Host", "Accept", "Content-Type", "User-Agent", "X-Stainless-Lang", "Gateway-Tenant"];

    public static TheoryData<string> RefusedNames => [.. HeaderRules.Refused];
    public static TheoryData<string> SingleNames => [.. HeaderRules.Single.Except(HeaderRules.Refused)];

    [Fact]
    public void OrdinaryHeaders_AreLetIn() =>
        Assert.Null(Check([.. Ordinary.Select(name => (name, 1)), ("Signature", 1), ("signature-input", 1)]));

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void Header_ThatCannotComeIn_IsRefusedInAnyCase(string name)
    {
        Assert.Equal(ReasonCode.UnsupportedFeature, Check((name.ToUpperInvariant(), 1)));
        Assert.Equal(ReasonCode.UnsupportedFeature, Check((name.ToLowerInvariant(), 1)));
    }

    [Theory]
    [MemberData(nameof(SingleNames))]
    public void Header_ThatCannotComeTwice_IsRefusedTwiceInAnyCase(string name)
    {
        Assert.Null(Check((name.ToUpperInvariant(), 1)));
        Assert.Equal(ReasonCode.AmbiguousRequest, Check((name.ToUpperInvariant(), 2)));
        Assert.Equal(ReasonCode.AmbiguousRequest, Check((name.ToLowerInvariant(), 2)));
    }

    [Fact]
    public void Header_OfOurOwn_IsTakenOffEvenWhereTheRequestIsRefused()
    {
        var request = Request([.. HeaderRules.OurOwn.Select(name => (name.ToUpperInvariant(), 2)), ("accept", 1)]);
        Assert.Null(HeaderRules.Check(request));
        Assert.Equal("accept", Assert.Single(request.Headers).Key);

        request = Request([("gateway-decision", 1), ("upgrade", 1)]);
        Assert.NotNull(HeaderRules.Check(request));
        Assert.False(request.Headers.ContainsKey("Gateway-Decision"));
    }

    [Theory]
    [InlineData("Authorization", "x-api-key")]
    [InlineData("API-KEY", "X-API-KEY")]
    [InlineData("authorization", "signature")]
    [InlineData("api-key", "SIGNATURE-INPUT")]
    public void Credentials_OfTwoKinds_AreAmbiguous(string one, string other)
    {
        Assert.Null(Check((one, 1)));
        Assert.Equal(ReasonCode.AmbiguousRequest, Check((one, 1), (other, 1)));
    }

    /// <summary>Each kind of fault is judged as if every rule had its own look at the headers, whichever others there are.</summary>
    [Fact]
    public void AnyHeaders_AreJudgedByEachRuleInTurn()
    {
        string[] names =
        [
            .. Ordinary,
            .. HeaderRules.Refused,
            .. HeaderRules.Single,
            "Signature",
            "x-goog-api-key",
            "X-AMZ-a",
            "Private-Token",
            "cf-aig-x",
            "Helicone-a",
        ];
        var headers = Gen.Elements(names)
            .Zip(Gen.Choose(1, 2))
            .ListOf(4)
            .Select(list =>
                list.DistinctBy(header => header.Item1, StringComparer.OrdinalIgnoreCase)
                    .Select(header => (header.Item1, header.Item2))
                    .ToArray()
            );
        Prop.ForAll(headers.ToArbitrary(), sent => Check(sent) == Expected(sent)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static ReasonCode? Expected((string Name, int Count)[] sent)
    {
        var credentials =
            sent.Count(header => HeaderRules.IsAgentCredential(header.Name)) + sent.Count(header => header.Name == "Signature");
        return sent.Any(header => Has(HeaderRules.Refused, header.Name)) ? ReasonCode.UnsupportedFeature
            : sent.Any(header => header.Count > 1 && Has(HeaderRules.Single, header.Name)) || credentials > 1 ? ReasonCode.AmbiguousRequest
            : sent.Any(header => ProviderCredentialHeaders.IsProviderCredentialHeader(header.Name))
                ? ReasonCode.ProviderCredentialsInRequest
            : null;
    }

    private static bool Has(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static ReasonCode? Check(params (string Name, int Count)[] headers) => HeaderRules.Check(Request(headers))?.Reason;

    private static HttpRequest Request((string Name, int Count)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        foreach (var (name, count) in headers)
        {
            // A length is one number wherever it comes from; two of it are refused by the server.
            request.Headers[name] = new StringValues([.. Enumerable.Repeat("1", count)]);
        }

        return request;
    }
}
