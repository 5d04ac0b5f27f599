using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;

namespace Gateway.Proxy.Tests.Credentials;

public sealed class PlacementTests
{
    private static readonly CredentialReference Reference = CredentialReference.TryParse("vault://local/x#key", out var reference)
        ? reference!
        : throw new InvalidOperationException();

    [Theory]
    [InlineData(CredentialPlacement.Header, "x-api-key", "x-api-key: s3cret")]
    [InlineData(CredentialPlacement.Scheme, "Bearer", "Authorization: Bearer s3cret")]
    [InlineData(CredentialPlacement.Scheme, "Token", "Authorization: Token s3cret")]
    [InlineData(CredentialPlacement.Basic, "", "Authorization: Basic czNjcmV0")]
    public void Header_carries_the_secret_once_also_when_placed_twice(CredentialPlacement placement, string name, string header)
    {
        using var request = Place(placement, name, "s3cret", "/path", times: 2);

        var only = Assert.Single(request.Headers.NonValidated);
        Assert.Equal(header, $"{only.Key}: {only.Value}");
    }

    [Fact]
    public void Header_that_is_there_already_is_replaced()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://system/path");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer of-the-agents");
        Placement.Apply(request, new CredentialUse(Reference, CredentialPlacement.Scheme, "Bearer"), new Secret("s3cret"), "/path");

        Assert.Equal("Bearer s3cret", Assert.Single(request.Headers.GetValues("Authorization")));
    }

    [Theory]
    [InlineData("/path", "key", "a b&c=d/é?", null)]
    [InlineData("/path", "key", "a b&c=d+%", "http://system/path?key=a%20b%26c%3Dd%2B%25")]
    [InlineData("/path?x=1", "key", "s", "http://system/path?x=1&key=s")]
    [InlineData("/path?", "key", "s", "http://system/path?&key=s")]
    [InlineData("/path?x=%41%2e%7e%c3%a9", "key", "s~", "http://system/path?x=%41%2e%7e%c3%a9&key=s~")]
    public void Query_carries_the_secret_encoded_and_once_also_when_placed_twice(string path, string name, string secret, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<CredentialSourceException>(() => Place(CredentialPlacement.Query, name, secret, path));
            return;
        }

        using var request = Place(CredentialPlacement.Query, name, secret, path, times: 2);
        Assert.Equal(expected, request.RequestUri!.AbsoluteUri);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\tb")]
    [InlineData("é")]
    public void Secret_that_could_begin_another_header_is_refused_without_being_shown(string secret)
    {
        foreach (
            var placement in new[]
            {
                CredentialPlacement.Header,
                CredentialPlacement.Scheme,
                CredentialPlacement.Basic,
                CredentialPlacement.Query,
            }
        )
        {
            var refused = Assert.Throws<CredentialSourceException>(() => Place(placement, "x", secret, "/path"));

            Assert.True(secret.Length == 0 || !refused.ToString().Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Nowhere_is_no_place() =>
        Assert.Throws<CredentialSourceException>(() => Place(CredentialPlacement.Unspecified, "x", "s", "/path"));

    private static HttpRequestMessage Place(CredentialPlacement placement, string name, string secret, string path, int times = 1)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://system{path}");
        for (var i = 0; i < times; i++)
        {
            Placement.Apply(request, new CredentialUse(Reference, placement, name), new Secret(secret), path);
        }

        return request;
    }
}
