using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>Methods, targets and headers that would make the request another one for somebody on the way.</summary>
public sealed class HostileHeaderTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    [Theory]
    [InlineData("Upgrade: websocket")]
    [InlineData("Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__")]
    [InlineData("Trailer: X-Late")]
    [InlineData("X-HTTP-Method: DELETE")]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("X-Method-Override: DELETE")]
    [InlineData("X-Original-URL: /tools/crm/refunds")]
    [InlineData("X-Rewrite-URL: /tools/crm/refunds")]
    [InlineData("Gateway-Child: eyJhbGciOiJub25lIn0.e30.")]
    public async Task A_header_that_makes_another_request_of_it_is_refused(string header) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("GET", AttackedGateway.Contacts).And(header), ReasonCode.UnsupportedFeature);

    [Theory]
    [InlineData("x-openai-api-key: sk-1")]
    [InlineData("x-goog-api-key: AIza")]
    [InlineData("X-Amz-Security-Token: token")]
    [InlineData("X-Portkey-Config: pc-1")]
    [InlineData("x-base-url: http://elsewhere.example")]
    [InlineData("Proxy-Authorization: Basic YTpi")]
    public async Task A_providers_credential_or_configuration_is_refused(string header) =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("POST", "/v1/chat/completions", AttackedGateway.Chat).And(header),
            ReasonCode.ProviderCredentialsInRequest,
            Door.OpenAi
        );

    [Fact]
    public async Task The_header_that_the_connectors_credential_goes_into_is_refused() =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("GET", AttackedGateway.Contacts).And("X-CRM-Token: mine"),
            ReasonCode.ProviderCredentialsInRequest
        );

    [Theory]
    [InlineData("x-api-key: gwk_demo")]
    [InlineData("api-key: gwk_demo")]
    [InlineData("Signature: gateway=:AAAA:")]
    [InlineData("Signature-Input: gateway=();tag=\"gateway-agent-v1\"")]
    [InlineData("Authorization: Bearer gwk_demo")]
    [InlineData("Content-Type: text/plain\r\nContent-Type: application/json")]
    [InlineData("Gateway-Tenant: demo\r\nGateway-Tenant: rival")]
    [InlineData("Gateway-Agent: handy\r\nGateway-Agent: assistant")]
    [InlineData("Gateway-Session: a\r\nGateway-Session: b")]
    [InlineData("Idempotency-Key: a\r\nIdempotency-Key: b")]
    [InlineData("Gateway-Approval: a\r\nGateway-Approval: b")]
    public async Task A_header_that_says_two_things_is_refused(string header)
    {
        var answer = await attacked.AssertRefusedAsync(
            attacked.WithKey("GET", AttackedGateway.Contacts).And(header),
            ReasonCode.AmbiguousRequest,
            toTheEnd: true
        );

        Assert.Equal("close", answer.Header("Connection"));
    }

    [Theory]
    [InlineData("Gateway-Session: a b")]
    [InlineData("Gateway-Session:")]
    [InlineData("Idempotency-Key: \u00c3\u00a9")]
    public async Task A_name_that_is_none_is_refused(string header) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("GET", AttackedGateway.Contacts).And(header), ReasonCode.MalformedRequest);

    [Fact]
    public async Task A_header_that_is_not_UTF_8_is_no_request() =>
        await attacked.AssertUnreadableAsync(attacked.WithKey("GET", AttackedGateway.Contacts).And("Idempotency-Key: \u00e9").ToBytes());

    [Fact]
    public async Task A_name_over_its_length_is_refused() =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("GET", AttackedGateway.Contacts).And($"Gateway-Session: {new string('a', 200)}"),
            ReasonCode.MalformedRequest
        );

    [Theory]
    [InlineData("Gateway-Decision: allow")]
    [InlineData("Gateway-Decision-Id: forged")]
    [InlineData("Gateway-Receipt: forged")]
    [InlineData("Gateway-Request-Id: forged")]
    [InlineData("X-Forwarded-Host: elsewhere.example")]
    [InlineData("Forwarded: host=elsewhere.example;for=10.0.0.1")]
    [InlineData("X-Forwarded-For: 10.0.0.1")]
    [InlineData("Cookie: session=1")]
    [InlineData("Connection: keep-alive, authorization")]
    public async Task A_header_that_is_not_the_callers_to_set_changes_nothing_and_does_not_go_on(string header)
    {
        var answer = await attacked.AssertPassesAsync(attacked.WithKey("GET", AttackedGateway.Contacts).And(header));

        Assert.DoesNotContain("forged", string.Join('\n', answer.Headers), StringComparison.Ordinal);
        var seen = (await attacked.Provider.SeenAsync())[^1].GetProperty("headers");
        Assert.Equal(["host", "x-crm-token"], seen.EnumerateObject().Select(h => h.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("TrAcE")]
    [InlineData("CONNECT")]
    public async Task A_method_that_is_never_allowed_is_refused(string method) =>
        await attacked.AssertRefusedAsync(attacked.WithKey(method, AttackedGateway.Contacts), ReasonCode.UnsupportedFeature);

    [Theory]
    [InlineData("elsewhere.example:443")]
    [InlineData("127.0.0.1:22")]
    public async Task A_tunnel_is_nothing(string target) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("CONNECT", target).Set("Host", target), ReasonCode.UnknownDoor, Door.None);

    [Theory]
    [InlineData("get")]
    [InlineData("Get")]
    [InlineData("PROPFIND")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("DEBUG")]
    [InlineData("PUT")]
    public async Task A_method_that_no_operation_has_is_refused(string method) =>
        await attacked.AssertRefusedAsync(attacked.WithKey(method, AttackedGateway.Contacts), ReasonCode.UnknownOperation);

    [Fact]
    public async Task A_target_in_absolute_form_is_nothing() =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("GET", $"http://{attacked.Authority}{AttackedGateway.Contacts}"),
            ReasonCode.UnknownDoor,
            Door.None
        );

    [Fact]
    public async Task A_target_in_absolute_form_for_another_host_is_no_request() =>
        await attacked.AssertUnreadableAsync(attacked.WithKey("GET", $"http://elsewhere.example{AttackedGateway.Contacts}").ToBytes());

    [Fact]
    public async Task A_target_in_asterisk_form_is_nothing()
    {
        await attacked.AssertUnreadableAsync(attacked.WithKey("GET", "*").ToBytes(), 405);
        await attacked.AssertRefusedAsync(attacked.WithKey("OPTIONS", "*"), ReasonCode.UnknownDoor, Door.None);
    }

    [Theory]
    [InlineData("elsewhere.example")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("0.0.0.0:1")]
    public async Task An_authority_that_is_not_ours_is_nothing(string host) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("GET", AttackedGateway.Contacts).Set("Host", host), ReasonCode.UnknownDoor);

    [Fact]
    public async Task Two_authorities_are_no_request() =>
        await attacked.AssertUnreadableAsync(
            attacked.WithKey("GET", AttackedGateway.Contacts).And($"Host: {attacked.Authority}").ToBytes()
        );

    [Fact]
    public async Task No_authority_is_no_request()
    {
        var request = attacked.WithKey("GET", AttackedGateway.Contacts);
        request.Headers.RemoveAt(0);

        await attacked.AssertUnreadableAsync(request.ToBytes());
    }

    [Fact]
    public async Task Headers_over_the_limit_are_no_request() =>
        await attacked.AssertUnreadableAsync(
            attacked.WithKey("GET", AttackedGateway.Contacts).And($"X-Long: {new string('a', 40_000)}").ToBytes(),
            431,
            ReasonCode.RequestTooLarge
        );

    [Fact]
    public async Task Too_many_headers_are_no_request()
    {
        var request = attacked.WithKey("GET", AttackedGateway.Contacts);
        request.Headers.AddRange(Enumerable.Range(0, 200).Select(i => $"X-{i}: a"));

        await attacked.AssertUnreadableAsync(request.ToBytes(), 431, ReasonCode.RequestTooLarge);
    }

    [Fact]
    public async Task A_request_line_over_the_limit_is_no_request() =>
        await attacked.AssertUnreadableAsync(
            attacked.WithKey("GET", $"{AttackedGateway.Contacts}?{new string('a', 9000)}").ToBytes(),
            414,
            ReasonCode.RequestTooLarge
        );
}
