using System.Net.Http.Headers;
using System.Text;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Intents;
using Gateway.Proxy.Obligations;
using Gateway.Proxy.Tests.Decisions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Credentials;

public sealed class TripwireTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DecisionTokens _tokens;
    private readonly Tripwire _tripwire;
    private readonly Grant _grant;

    public TripwireTests()
    {
        _tokens = new DecisionTokens(new KeyRing(KeyPurpose.DecisionSigning, [new NamedKey("k1", new byte[NamedKey.Length])]), _time);
        _tripwire = new Tripwire(_tokens);
        _grant = Grant.Issue(_tokens, new ReducedAction(JudgedChat.Judgement(Verdict.Allow)), JudgedChat.Intent);
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

    [Theory]
    [InlineData("gateway-x: 1", "", true)]
    [InlineData("", "gateway-x: 1", true)]
    [InlineData("", "", false)]
    [InlineData("gateway-x: 2", "", false)]
    [InlineData("gateway-x: 1|gateway-x: 1", "", false)]
    [InlineData("gateway-x: 1", "gateway-x: 1", false)]
    [InlineData("gateway-y: 1", "", false)]
    [InlineData("gateway-x: 1", "gateway-y: 1", false)]
    public void Granted_header_goes_once_as_it_was_granted(string head, string ofBody, bool passes)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["gateway-x"] = "1";
        var judgement = JudgedChat.Judgement(Verdict.Allow);
        var operation = judgement.Read.Operation with { RequestHeaders = ["gateway-x"] };
        Assert.True(OutgoingHeaders.From(http.Request.Headers, operation, hasBody: false).TryGet(out var headers, out _));
        var action = new ReducedAction(judgement) { Headers = headers };
        var intent = JudgedChat.Intent with { Target = JudgedChat.Intent.Target with { Headers = headers.Digest } };
        var grant = Grant.Issue(_tokens, action, intent);
        using var request = Request();
        request.Content = new ByteArrayContent([]);
        Add(request.Headers, head);
        Add(request.Content.Headers, ofBody);

        var trip = Record.Exception(() => _tripwire.Check(grant, request, request.Content, "{}"u8));

        Assert.Equal(passes, trip is null);
        Assert.True(trip is null or TripwireException);
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

    private static void Add(HttpHeaders headers, string lines)
    {
        foreach (var line in lines.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            headers.TryAddWithoutValidation(line.Split(": ")[0], line.Split(": ")[1]);
        }
    }

    private static HttpRequestMessage Request() => new(HttpMethod.Post, "http://127.0.0.1:8081/v1/chat/completions");

    private void Check(HttpRequestMessage request) => _tripwire.Check(_grant, request, request.Content, "{}"u8);
}
