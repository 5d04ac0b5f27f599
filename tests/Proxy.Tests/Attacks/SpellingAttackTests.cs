using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>Requests that are one thing to Gateway and another to a system that reads less closely, or more.</summary>
public sealed class SpellingAttackTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    private const string Books = "/tools/books";
    private const string Notes = Books + "/contacts/c-1/notes";

    [Theory]
    [InlineData("EXPORT")]
    [InlineData("Export")]
    [InlineData("export%20")]
    [InlineData("%20export")]
    [InlineData("export+")]
    [InlineData("export.json")]
    [InlineData("EXPORT.tar.gz")]
    [InlineData("export.")]
    [InlineData("export...")]
    [InlineData("export,x=1")]
    [InlineData("export:run")]
    [InlineData("export()")]
    [InlineData("export::$DATA")]
    [InlineData("ex-port")]
    [InlineData("export_")]
    [InlineData("%C2%A0export")]
    [InlineData("export%E2%80%8B")]
    [InlineData("e%CC%81xport")]
    [InlineData("%C3%A9xport")]
    [InlineData("%EF%BD%85%EF%BD%98%EF%BD%90%EF%BD%8F%EF%BD%92%EF%BD%94")]
    [InlineData("%E2%93%94xport")]
    [InlineData("expor%EF%BC%B4")]
    [InlineData("EXPORT%C2%AD")]
    public async Task A_hole_does_not_take_what_the_system_could_read_as_another_operation(string id) =>
        await RefuseAsync("GET", $"{Books}/contacts/{id}");

    [Theory]
    [InlineData("export/")]
    [InlineData("export%2f")]
    [InlineData("export;x=1")]
    [InlineData("export%3bx")]
    [InlineData("./export")]
    public async Task A_path_that_ends_in_more_is_not_the_other_operation_either(string id)
    {
        var before = await attacked.Provider.CountAsync();
        var answer = await attacked.SendAsync(attacked.WithKey("GET", $"{Books}/contacts/{id}"));

        Assert.True(answer.Status is 400 or 404, answer.Body);
        Assert.Equal(before, await attacked.Provider.CountAsync());
    }

    [Fact]
    public async Task The_other_operation_itself_is_judged_as_itself() =>
        await attacked.AssertRefusedAsync(attacked.WithKey("GET", Books + "/contacts/export"), ReasonCode.ToolNotPermitted);

    [Theory]
    [InlineData("{\"text\":\"ok\",\"Text\":\"secret\"}")]
    [InlineData("{\"Text\":\"secret\"}")]
    [InlineData("{\"TEXT\":\"secret\"}")]
    [InlineData("{\"te_xt\":\"secret\"}")]
    [InlineData("{\"te\\u0058t\":\"secret\"}")]
    [InlineData("{\"text\":\"ok\",\"other\":{\"a\":1,\"A\":2}}")]
    [InlineData("{\"text\":\"ok\",\"other\":[{\"\u212a\":1,\"k\":2}]}")]
    [InlineData("{\"text\":\"ok\",\"\uff54ext\":\"secret\"}")]
    [InlineData("{\"\uff34ext\":\"secret\"}")]
    [InlineData("{\"text\\u200b\":\"secret\"}")]
    [InlineData("{\"text\":\"ok\",\"_method\":\"DELETE\"}")]
    [InlineData("{\"text\":\"ok\",\"X-HTTP-Method-Override\":\"DELETE\"}")]
    public async Task A_body_of_which_a_rule_would_read_another_part_than_the_system_is_refused(string body) =>
        await RefuseAsync("POST", Notes, body);

    [Theory]
    [InlineData("{\"price_cents\":50,\"price_cent\u017f\":5000}")]
    [InlineData("{\"price_cents\":50,\"PRICE_CENTS\":5000}")]
    [InlineData("{\"price_cents\":50,\"price_cent\\u017f\":5000}")]
    public async Task An_amount_that_is_there_in_two_spellings_is_refused(string body) =>
        await RefuseAsync("POST", Books + "/refunds", body);

    [Theory]
    [InlineData("?%73cope=all")]
    [InlineData("?scope=%61ll")]
    [InlineData("?Scope=all")]
    [InlineData("?scope=own&scope=all")]
    [InlineData("?scope=own&SCOPE=all")]
    [InlineData("?scope[]=all")]
    [InlineData("?scope%5B%5D=all")]
    [InlineData("?scope%5B0%5D=all")]
    [InlineData("?a=1;scope=all")]
    [InlineData("?+scope=all")]
    [InlineData("?scope+=all")]
    [InlineData("?%EF%BD%93cope=all")]
    [InlineData("??scope=all")]
    [InlineData("?%2573cope=all")]
    [InlineData("?a=1&a=2")]
    [InlineData("?a=1&a%5B%5D=2")]
    [InlineData("?a.b=1&a%5Bb%5D=2")]
    [InlineData("?a+b=1&a%20b=2")]
    [InlineData("?_method=DELETE")]
    [InlineData("?_METHOD=delete")]
    [InlineData("?X-HTTP-Method-Override=DELETE")]
    [InlineData("?x_http_method=PUT")]
    [InlineData("?$method=DELETE")]
    [InlineData("?method=delete")]
    public async Task A_query_of_which_a_rule_would_read_another_part_than_the_system_is_refused(string query) =>
        await RefuseAsync("GET", $"{Books}/contacts{query}");

    [Theory]
    [InlineData("a=1&A=2")]
    [InlineData("a=1&a[]=2")]
    [InlineData("a=1&%61=2")]
    [InlineData("a=1;a=2")]
    [InlineData("a=1&_method=DELETE")]
    [InlineData("a=%00")]
    [InlineData("a=%ff")]
    [InlineData("a=%zz")]
    [InlineData("a=1\n")]
    public async Task A_form_that_two_systems_read_differently_is_refused(string form) =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("POST", Books + "/exports", form).Set("Content-Type", "application/x-www-form-urlencoded"),
            ReasonCode.MalformedRequest
        );

    [Theory]
    [InlineData("application/json; charset*=utf-8''utf-7")]
    [InlineData("application/json; charset*0=utf-; charset*1=7")]
    [InlineData("application/json; charset=utf-8; charset=utf-8")]
    [InlineData("application/json; a=1; A=2")]
    [InlineData("application/json; a=\"; charset=utf-7; b=\"")]
    [InlineData("application/json; a=\"\\\"\"")]
    [InlineData("application/json; a=1, text/plain")]
    [InlineData("application/json; charset = utf-7")]
    [InlineData("application/json; charset=\"utf-7\"")]
    public async Task A_content_type_that_two_systems_read_differently_is_refused(string type) =>
        await attacked.AssertRefusedAsync(
            attacked.WithKey("POST", Notes, AttackedGateway.Note).Set("Content-Type", type),
            ReasonCode.UnsupportedMediaType
        );

    [Theory]
    [InlineData("/contacts/c-1")]
    [InlineData("/contacts?scope=own&tag=a&tag=b&q=a+b%20c")]
    [InlineData("/contacts?filter%5Bname%5D=a&filter%5Bage%5D=2&page[size]=3&method=get&mail=jane@example.com")]
    public async Task An_everyday_request_passes(string target) =>
        await attacked.AssertPassesAsync(attacked.WithKey("GET", Books + target));

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/json;charset=utf-8;")]
    [InlineData("application/json; odata=verbose; profile=\"https://a.example/b c\"")]
    public async Task An_everyday_body_passes(string type) =>
        await attacked.AssertPassesAsync(
            attacked
                .WithKey("POST", Notes, """{"text":"ok","other":{"Text":"secret","to":1,"from":[{"id":1},{"id":2}]}}""")
                .Set("Content-Type", type)
        );

    [Fact]
    public async Task A_rule_reads_the_querys_parameters_decoded() =>
        await attacked.AssertRefusedAsync(attacked.WithKey("GET", Books + "/contacts?a=%20&scope=all"), ReasonCode.PolicyRule);

    private async Task RefuseAsync(string method, string target, string? body = null) =>
        await attacked.AssertRefusedAsync(attacked.WithKey(method, target, body), ReasonCode.MalformedRequest);
}
