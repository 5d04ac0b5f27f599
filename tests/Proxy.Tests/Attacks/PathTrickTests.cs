using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>Paths that mean one thing to whoever judges them and another to whoever serves them.</summary>
public sealed class PathTrickTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    [Theory]
    [InlineData("/contacts/../_seen")]
    [InlineData("/contacts/..")]
    [InlineData("/contacts/.")]
    [InlineData("/./contacts")]
    [InlineData("/contacts/%2e%2e/refunds")]
    [InlineData("/contacts/%2E%2e")]
    [InlineData("/contacts/.%2e")]
    [InlineData("/contacts/%252e%252e")]
    [InlineData("/contacts/%25252e%25252e")]
    [InlineData("/contacts/...")]
    [InlineData("/contacts/..%20")]
    [InlineData("/contacts%2fc-1")]
    [InlineData("/contacts/c-1%2Fnotes")]
    [InlineData("/contacts/c-1%5c..%5cnotes")]
    [InlineData("/contacts\\..\\refunds")]
    [InlineData("/contacts;x=1/c-1")]
    [InlineData("/contacts/..;/refunds")]
    [InlineData("/contacts/c-1%3bx")]
    [InlineData("//contacts")]
    [InlineData("/contacts//c-1")]
    [InlineData("/contacts/%0d%0aX-Evil:%201")]
    [InlineData("/contacts/%7f")]
    [InlineData("/contacts/%c0%ae%c0%ae")]
    [InlineData("/contacts/%c0%af")]
    [InlineData("/contacts/%e0%80%af")]
    [InlineData("/contacts/%ff")]
    [InlineData("/contacts/%ef%bc%8e%ef%bc%8e")]
    [InlineData("/contacts/%e2%88%95")]
    [InlineData("/contacts/%ed%a0%80")]
    [InlineData("/contacts/%u002e")]
    [InlineData("/contacts/%2")]
    [InlineData("/contacts/%zz")]
    [InlineData("/contacts/c-1%3fadmin=1")]
    [InlineData("/contacts/c-1%23")]
    [InlineData("/contacts/c-1#fragment")]
    [InlineData("/contacts/\"c-1\"")]
    [InlineData("/contacts/c-1|id")]
    [InlineData("/contacts?a=%0d%0aX-Evil:%201")]
    [InlineData("/contacts?a=%00")]
    [InlineData("/contacts?a=%zz")]
    [InlineData("/contacts?a=%c0%ae")]
    [InlineData("/contacts?a=<b>")]
    public async Task A_path_or_query_that_can_be_read_in_another_way_is_refused(string trick) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("GET", "/tools/crm" + trick), ReasonCode.MalformedRequest);

    [Theory]
    [InlineData("/tools/crm/contacts/", ReasonCode.UnknownOperation)]
    [InlineData("/tools/crm/CONTACTS", ReasonCode.UnknownOperation)]
    [InlineData("/tools/crm/contacts/c-1/notes/n-1", ReasonCode.UnknownOperation)]
    [InlineData("/tools/crm", ReasonCode.UnknownOperation)]
    [InlineData("/tools/crm/leak", ReasonCode.UnknownOperation)]
    [InlineData("/tools/CRM/contacts", ReasonCode.UnknownConnector)]
    [InlineData("/tools/c%72m/contacts", ReasonCode.UnknownConnector)]
    [InlineData("/tools/../contacts", ReasonCode.UnknownConnector)]
    [InlineData("/tools//contacts", ReasonCode.UnknownConnector)]
    [InlineData("/tools/nothing/contacts", ReasonCode.UnknownConnector)]
    [InlineData("/tools/openai/chat/completions", ReasonCode.UnknownConnector)]
    public async Task A_path_that_no_operation_has_is_refused(string path, ReasonCode reason) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("GET", path), reason);

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/../tools/crm/contacts")]
    [InlineData("/%74ools/crm/contacts")]
    [InlineData("/TOOLS/crm/contacts")]
    [InlineData("//tools/crm/contacts")]
    [InlineData("/tools")]
    [InlineData("/admin/v1/agents")]
    [InlineData("/.env")]
    public async Task A_path_that_is_no_door_is_nothing(string path) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("GET", path), ReasonCode.UnknownDoor, DoorOf(path));

    [Theory]
    [InlineData("/v1/chat/completions/")]
    [InlineData("/v1/chat%2fcompletions")]
    [InlineData("/v1/./chat/completions")]
    [InlineData("/v1//chat/completions")]
    [InlineData("/V1/chat/completions")]
    [InlineData("/v1/chat/completions;x")]
    public async Task A_model_path_spelt_otherwise_is_nothing(string path) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("POST", path, AttackedGateway.Chat), ReasonCode.UnknownDoor, DoorOf(path));

    [Theory]
    [InlineData("/tools/crm/contacts/%00")]
    [InlineData("/tools/crm/contacts/c-1%00.json")]
    [InlineData("/tools/crm/contacts/c-1\0")]
    public async Task A_path_with_a_NUL_is_no_request(string path) =>
        await attacked.AssertUnreadableAsync(attacked.WithKey("GET", path).ToBytes());

    [Fact]
    public async Task The_plain_path_passes() => await attacked.AssertPassesAsync(attacked.WithKey("GET", AttackedGateway.Contacts));

    [Fact]
    public async Task A_path_over_its_length_is_refused() =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("GET", $"/tools/crm/contacts/{new string('a', 3000)}"),
            ReasonCode.MalformedRequest
        );

    [Fact]
    public async Task A_query_over_its_length_is_refused() =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("GET", $"/tools/crm/contacts?{new string('a', 5000)}"),
            ReasonCode.MalformedRequest
        );

    /// <summary>Under a dialect's version it is refused in that dialect's shape.</summary>
    /// <summary>Whose shape the refusal has: that of the dialect that the path looks like.</summary>
    private static Door DoorOf(string path) =>
        path.StartsWith("/v1/", StringComparison.Ordinal) || path.EndsWith("/chat/completions", StringComparison.Ordinal)
            ? Door.OpenAi
            : Door.None;
}
