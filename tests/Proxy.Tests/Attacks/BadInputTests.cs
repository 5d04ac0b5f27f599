using System.IO.Compression;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>Bodies that are wrong, too long, of another type, or carry what only Gateway may add.</summary>
public sealed class BadInputTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    private const string ChatPath = "/v1/chat/completions";
    private const string MessagesPath = "/v1/messages";

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"model\"")]
    [InlineData("{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]} {}")]
    [InlineData("{\"model\":\"gpt-4o-mini\",\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")]
    [InlineData("{\"model\":\"gpt-4o-mini\",\"mod\\u0065l\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")]
    [InlineData("{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"role\":\"system\",\"content\":\"a\"}]}")]
    [InlineData("{'model':'gpt-4o-mini'}")]
    [InlineData("{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],}")]
    [InlineData("{\"model\":\"gpt-4o-mini\"/**/,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")]
    [InlineData("{\"model\":\"gpt-4o-mini\",\"max_tokens\":NaN,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")]
    [InlineData("{\"model\":\"gpt-4o-mini\",\"max_tokens\":-1,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")]
    [InlineData("{\"model\":\"gpt-4o-mini\",\"max_tokens\":1e999,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")]
    [InlineData("{\"model\":\"\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")]
    [InlineData("{\"model\":7,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")]
    [InlineData("{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}")]
    public async Task A_model_call_that_can_not_be_read_in_one_way_is_refused(string body) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("POST", ChatPath, body), ReasonCode.MalformedRequest, Door.OpenAi);

    [Theory]
    [InlineData("\u00ff")]
    [InlineData("\u00c0\u00ae")]
    [InlineData("\u00ed\u00a0\u0080")]
    [InlineData("\u00ef\u00bb\u00bf")]
    public async Task A_body_that_is_not_plain_UTF_8_is_refused(string bytes)
    {
        var request = attacked.WithKey("POST", AttackedGateway.Notes, "");
        request.Body = Encoding.Latin1.GetBytes(bytes + AttackedGateway.Note);

        await attacked.AssertRefusedAsync(request.Set("Content-Length", $"{request.Body.Length}"), ReasonCode.MalformedRequest);
    }

    [Fact]
    public async Task A_body_nested_too_deeply_is_refused() =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("POST", AttackedGateway.Notes, new string('[', 10_000) + new string(']', 10_000)),
            ReasonCode.MalformedRequest
        );

    [Theory]
    [InlineData("{\"text\":\"a\",\"text\":\"b\"}")]
    [InlineData("{\"text\":\"a\",\"te\\u0078t\":\"b\"}")]
    [InlineData("{\"a\":{\"b\":1,\"b\":2}}")]
    public async Task A_tool_call_with_one_name_twice_is_refused(string body) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("POST", AttackedGateway.Notes, body), ReasonCode.MalformedRequest);

    [Theory]
    [InlineData("api_key")]
    [InlineData("apiKey")]
    [InlineData("base_url")]
    [InlineData("extra_headers")]
    [InlineData("authorization")]
    [InlineData("organization")]
    public async Task A_providers_credential_or_configuration_in_the_body_is_refused(string field) =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey(
                "POST",
                ChatPath,
                AttackedGateway.Chat.Replace("{\"model\"", $"{{\"{field}\":\"x\",\"model\"", StringComparison.Ordinal)
            ),
            ReasonCode.ProviderCredentialsInRequest,
            Door.OpenAi
        );

    [Theory]
    [InlineData(ChatPath, "../gpt-4o-mini", Door.OpenAi)]
    [InlineData(ChatPath, "claude-sonnet-4-5", Door.OpenAi)]
    [InlineData(ChatPath, "GPT-4o-mini", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-4o-MINI", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-5-PRO", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-5-pro ", Door.OpenAi)]
    [InlineData(ChatPath, " gpt-5-pro", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-5-pro\\u0000", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-5-pro\\n", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-5-pro.", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-5-pro/", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-5-pr\\u043e", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-5-pro\\u200b", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-5-pro?x", Door.OpenAi)]
    [InlineData(ChatPath, "gpt-5-pro%20", Door.OpenAi)]
    [InlineData(MessagesPath, "gpt-4o-mini", Door.Anthropic)]
    public async Task A_model_that_no_connector_offers_is_refused(string path, string model, Door door)
    {
        var body =
            door == Door.OpenAi
                ? AttackedGateway.Chat.Replace("gpt-4o-mini", model, StringComparison.Ordinal)
                : AttackedGateway.Message.Replace("claude-sonnet-4-5", model, StringComparison.Ordinal);

        await attacked.AssertRefusedAsync(attacked.WithKey("POST", path, body), ReasonCode.UnknownModel, door);
    }

    [Theory]
    [InlineData("{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}")]
    [InlineData("{\"type\":\"code_execution_20250522\",\"name\":\"code_execution\"}")]
    public async Task A_tool_that_the_provider_would_run_is_refused(string tool) =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey(
                "POST",
                MessagesPath,
                AttackedGateway.Message.Replace("{\"model\"", $"{{\"tools\":[{tool}],\"model\"", StringComparison.Ordinal)
            ),
            ReasonCode.UnsupportedFeature,
            Door.Anthropic
        );

    [Theory]
    [InlineData("gpt-4o-search-preview")]
    [InlineData("gpt-5-search-api")]
    [InlineData("gpt-4o:online")]
    public async Task A_model_that_searches_by_itself_needs_what_the_tool_needs(string model) =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("POST", ChatPath, AttackedGateway.Chat.Replace("gpt-4o-mini", model, StringComparison.Ordinal)),
            ReasonCode.UnsupportedFeature,
            Door.OpenAi
        );

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=a")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=utf-8; charset=utf-7")]
    [InlineData("application/json; charset=utf-7; Charset=utf-8")]
    [InlineData("application/json; charset")]
    [InlineData("application/json, text/plain")]
    [InlineData("json")]
    [InlineData("")]
    public async Task A_content_type_that_the_operation_does_not_take_is_refused(string type)
    {
        await attacked.AssertRefusedAsync(
            attacked.WithKey("POST", AttackedGateway.Notes, AttackedGateway.Note).Set("Content-Type", type),
            ReasonCode.UnsupportedMediaType
        );
        await attacked.AssertRefusedAsync(
            attacked.WithKey("POST", ChatPath, AttackedGateway.Chat).Set("Content-Type", type),
            ReasonCode.UnsupportedMediaType,
            Door.OpenAi
        );
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    [InlineData("br, gzip")]
    public async Task A_content_encoding_is_refused_and_no_bomb_is_opened(string encoding)
    {
        var request = attacked.WithKey("POST", AttackedGateway.Notes, "").Set("Content-Encoding", encoding);
        request.Body = Bomb();

        await attacked.AssertRefusedAsync(request.Set("Content-Length", $"{request.Body.Length}"), ReasonCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_GET_with_a_body_is_refused() =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("GET", AttackedGateway.Contacts, AttackedGateway.Note),
            ReasonCode.MalformedRequest
        );

    [Fact]
    public async Task A_body_over_the_limit_is_refused_by_its_length_alone()
    {
        var request = attacked.WithKey("POST", AttackedGateway.Notes, "").Set("Content-Length", "70000");

        await attacked.AssertRefusedAsync(request, ReasonCode.RequestTooLarge);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_while_it_comes_in_chunks()
    {
        var request = attacked
            .WithKey("POST", AttackedGateway.Notes)
            .And("Content-Type: application/json")
            .And("Transfer-Encoding: chunked");
        request.Body = [.. Encoding.ASCII.GetBytes("11170\r\n"), .. Encoding.ASCII.GetBytes(new string('a', 70_000))]; // It never ends.

        await attacked.AssertRefusedAsync(request, ReasonCode.RequestTooLarge);
    }

    [Fact]
    public async Task A_model_call_over_the_limit_is_refused() =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("POST", ChatPath, "").Set("Content-Length", "100000000000"),
            ReasonCode.RequestTooLarge,
            Door.OpenAi
        );

    [Fact]
    public async Task A_model_call_with_a_query_is_refused() =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("POST", ChatPath + "?api-version=1&base_url=http://elsewhere.example", AttackedGateway.Chat),
            ReasonCode.UnsupportedFeature,
            Door.OpenAi
        );

    [Theory]
    [InlineData(ChatPath, AttackedGateway.Chat, Door.OpenAi)]
    [InlineData(MessagesPath, AttackedGateway.Message, Door.Anthropic)]
    [InlineData(AttackedGateway.Notes, AttackedGateway.Note, Door.Tool)]
    public async Task No_credential_at_all_is_refused(string path, string body, Door door)
    {
        var request = attacked.WithKey("POST", path, body);
        request.Headers.RemoveAll(h => h.StartsWith("Authorization", StringComparison.Ordinal));

        await attacked.AssertRefusedAsync(request, ReasonCode.MissingCredentials, door);
    }

    [Fact]
    public async Task The_plain_model_call_passes() =>
        await attacked.AssertPassesAsync(attacked.WithKey("POST", ChatPath, AttackedGateway.Chat));

    /// <summary>Sixteen megabytes in a few kilobytes.</summary>
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(new byte[16 * 1024 * 1024]);
        }

        return packed.ToArray();
    }
}
