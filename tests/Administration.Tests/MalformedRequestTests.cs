using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Administration.Operations;
using Gateway.Connectors.Contracts;

namespace Gateway.Administration.Tests;

/// <summary>A request that no operation takes is told why, as a document, and changes nothing.</summary>
public sealed class MalformedRequestTests : IAsyncLifetime
{
    private static readonly string[] Bodiless =
    [
        "DELETE /admin/v1/session",
        "DELETE /admin/v1/session/tokens/{id}",
        "DELETE /admin/v1/tokens/{id}",
    ];

    private RunningAdministration _running = null!;
    private string _token = "";

    public async Task InitializeAsync()
    {
        _running = await RunningAdministration.StartAsync();
        using var ada = await _running.NewOperatorAsync("ada", RoleNames.Each.Aggregate((sum, one) => sum | one));
        _token = await _running.NewTokenAsync("ada", RoleNames.Each.Aggregate((sum, one) => sum | one));
    }

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task Method_that_a_path_does_not_have_is_405_and_says_which_it_has()
    {
        var methods = OperationTable.All.ToLookup(one => one.Path, one => one.Method);
        foreach (var path in methods)
        {
            foreach (var method in new[] { "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" }.Except(path))
            {
                using var answer = await SendAsync(method, path.Key, content: null);
                Assert.Equal((method, path.Key, HttpStatusCode.MethodNotAllowed), (method, path.Key, answer.StatusCode));
                Assert.Equal(path.Order(), answer.Content.Headers.Allow.Order());
                Assert.Equal("method_not_allowed", await CodeAsync(answer));
            }
        }
    }

    [Fact]
    public async Task Body_that_is_no_json_is_415()
    {
        foreach (var operation in OperationTable.All.Where(one => one.IsChange && !Bodiless.Contains(one.ToString())))
        {
            using var text = new StringContent("{}", Encoding.UTF8, "text/plain");
            using var answer = await SendAsync(operation.Method, operation.Path, text);
            Assert.Equal((operation.ToString(), HttpStatusCode.UnsupportedMediaType), (operation.ToString(), answer.StatusCode));
            Assert.Equal("unsupported_media_type", await CodeAsync(answer));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_over_64_KiB_is_413_whether_its_length_is_said_or_not(bool isLengthSaid)
    {
        var bytes = Encoding.UTF8.GetBytes($$"""{"scope":"agent","target":"payer","reason":"{{new string('x', 64 * 1024)}}"}""");
        foreach (var path in new[] { "/sign-in", "/kills", "/session/proof" })
        {
            using HttpContent content = isLengthSaid ? new ByteArrayContent(bytes) : new StreamContent(new Unsized(bytes));
            content.Headers.ContentType = new("application/json");
            using var answer = await SendAsync("POST", path, content);
            Assert.Equal((path, HttpStatusCode.RequestEntityTooLarge), (path, answer.StatusCode));
            Assert.Equal("request_too_large", await CodeAsync(answer));
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent? content)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            new Uri(
                _running.Address,
                "/admin/v1" + path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)
            )
        )
        {
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_token}");
        return await client.SendAsync(request);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString();
    }

    /// <summary>Bytes that can't be asked how many they are.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
