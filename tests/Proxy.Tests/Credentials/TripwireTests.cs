using System.Text;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Obligations;
using Gateway.Proxy.Tests.Decisions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Credentials;

public sealed class TripwireTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Tripwire _tripwire;
    private readonly Grant _grant;

    public TripwireTests()
    {
        var tokens = new DecisionTokens(new KeyRing(KeyPurpose.DecisionSigning, [new NamedKey("k1", new byte[NamedKey.Length])]), _time);
        _tripwire = new Tripwire(tokens);
        _grant = Grant.Issue(tokens, new ReducedAction(JudgedChat.Judgement(Verdict.Allow)), JudgedChat.Intent);
    }

    [Fact]
    public void Granted_request_passes_again_and_again()
    {
        using var request = Request();

        Check(request);
        Check(request);
    }

    [Fact]
    public void Without_a_grant_nothing_passes()
    {
        using var request = Request();

        Assert.Throws<TripwireException>(() => _tripwire.Check(null, request, request.Content, "{}"u8));
    }

    [Theory]
    [InlineData("GET", "http://127.0.0.1:8081/v1/chat/completions", "{}")]
    [InlineData("POST", "https://127.0.0.1:8081/v1/chat/completions", "{}")]
    [InlineData("POST", "http://127.0.0.1:8082/v1/chat/completions", "{}")]
    [InlineData("POST", "http://127.0.0.2:8081/v1/chat/completions", "{}")]
    [InlineData("POST", "http://127.0.0.1:8081/v1/embeddings", "{}")]
    [InlineData("POST", "http://127.0.0.1:8081/v1/chat/completions?x", "{}")]
    [InlineData("POST", "http://127.0.0.1:8081/v1/chat/completions", "{} ")]
    [InlineData("POST", "http://127.0.0.1:8081/v1/chat/completions", "")]
    public void Any_other_request_trips_it(string method, string uri, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), uri);

        Assert.Throws<TripwireException>(() => _tripwire.Check(_grant, request, request.Content, Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void Request_without_a_destination_trips_it()
    {
        using var request = new HttpRequestMessage();

        Assert.Throws<TripwireException>(() => _tripwire.Check(_grant, request, request.Content, "{}"u8));
    }

    [Theory]
    [InlineData("x-more")]
    [InlineData("Authorization")]
    [InlineData("Host")]
    public void Header_that_wasnt_granted_trips_it(string name)
    {
        using var request = Request();
        request.Headers.TryAddWithoutValidation(name, "x");

        Assert.Throws<TripwireException>(() => _tripwire.Check(_grant, request, request.Content, "{}"u8));
    }

    [Fact]
    public void Header_of_the_body_that_wasnt_granted_trips_it()
    {
        using var request = Request();
        request.Content = new ByteArrayContent([]);
        request.Content.Headers.TryAddWithoutValidation("Content-Language", "en");

        Assert.Throws<TripwireException>(() => _tripwire.Check(_grant, request, request.Content, "{}"u8));
    }

    [Fact]
    public void Grant_that_has_grown_old_trips_it()
    {
        using var request = Request();
        _time.Advance(DecisionTokens.Lifetime);

        Assert.Throws<TripwireException>(() => _tripwire.Check(_grant, request, request.Content, "{}"u8));
    }

    private static HttpRequestMessage Request() => new(HttpMethod.Post, "http://127.0.0.1:8081/v1/chat/completions");

    private void Check(HttpRequestMessage request) => _tripwire.Check(_grant, request, request.Content, "{}"u8);
}
