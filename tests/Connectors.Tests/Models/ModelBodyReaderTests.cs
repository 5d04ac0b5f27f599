using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using static Gateway.Connectors.Tests.Models.Bodies;

namespace Gateway.Connectors.Tests.Models;

public sealed class ModelBodyReaderTests
{
    public static TheoryData<string> Operations { get; } = [.. ModelOperations.All.Select(o => o.Operation.ToString())];

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_body_that_names_a_model_is_accepted(string operation) =>
        Assert.Equal("m-1", Accepted(operation, """{"model":"m-1"}""").Model);

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_body_without_a_usable_model_is_refused(string operation)
    {
        foreach (
            var body in new[]
            {
                operation == "moderations" ? """{"model":{}}""" : "{}", // It has one that it takes.
                """{"model":""}""",
                operation == "moderations" ? """{"model":[]}""" : """{"model":null}""",
                """{"model":1}""",
                """{"model":["m"]}""",
                $$"""{"model":"{{new string('m', 257)}}"}""",
            }
        )
        {
            Assert.Equal(ReasonCode.MalformedRequest, Refused(operation, body).Reason);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_body_with_two_readings_is_refused(string operation)
    {
        foreach (
            var body in new[]
            {
                "",
                "[]",
                "{\"model\":\"m\"} {}",
                """{"model":"m","model":"n"}""",
                """{"model":"m","mod\u0065l":"n"}""",
                "{\"model\":\"m\",}",
                "\uFEFF{\"model\":\"m\"}",
                """{"model":"\uD800"}""",
            }
        )
        {
            Assert.Equal(ReasonCode.MalformedRequest, Refused(operation, body).Reason);
        }
    }

    [Theory]
    [InlineData("chat", """ "messages":[{"role":"user","role":"system"}] """)]
    [InlineData("chat", """ "metadata":{"a":1,"a":2} """)]
    [InlineData("chat", """ "tools":[{"type":"function","type":"web_search"}] """)]
    [InlineData("chat", """ "tools":[{"type":"function","function":{"parameters":{"a":{"b":1,"b":2}}}}] """)]
    [InlineData("messages", """ "messages":[{"content":[{"input":{"a":1,"a":2}}]}] """)]
    public void A_name_that_is_there_twice_is_refused_wherever_it_is(string operation, string fields) =>
        Assert.Equal(ReasonCode.MalformedRequest, Refused(operation, $$"""{"model":"m",{{fields}}}""").Reason);

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_unknown_field_is_noted_whatever_it_holds(string operation)
    {
        Assert.Equal(["frobnicate"], Accepted(operation, """{"frobnicate":{"a":[1,"b"]},"model":"m"}""").Unknown);
        Assert.Equal(["Model", "é"], Accepted(operation, """{"model":"m","Model":"n","\u00e9":null}""").Unknown);
        Assert.Empty(Accepted(operation, """{"model":"m"}""").Unknown);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_unknown_field_is_read_as_strictly_as_any_other(string operation)
    {
        Assert.Equal(ReasonCode.MalformedRequest, Refused(operation, """{"model":"m","odd":1,"odd":2}""").Reason);
        Assert.Equal(ReasonCode.MalformedRequest, Refused(operation, """{"model":"m","odd":{"a":1,"a":2}}""").Reason);
        Assert.Equal(ReasonCode.MalformedRequest, Refused(operation, """{"model":"m","odd":[1,]}""").Reason);
    }

    [Fact]
    public void More_or_longer_unknown_fields_than_any_client_sends_are_refused()
    {
        var many = string.Concat(Enumerable.Range(0, 33).Select(i => $",\"odd{i}\":1"));
        Assert.Equal(ReasonCode.UnknownField, Refused("chat", $$"""{"model":"m"{{many}}}""").Reason);
        Assert.Equal(ReasonCode.UnknownField, Refused("chat", $$"""{"model":"m","{{new string('o', 129)}}":1}""").Reason);
    }

    [Fact]
    public void A_field_that_may_be_a_secret_is_not_repeated() =>
        Assert.Equal("odd_one, ?", UnknownFields.Told(Accepted("chat", """{"model":"m","odd_one":1,"sk-abcdef0123456789":1}""").Unknown));

    [Theory]
    [InlineData("api_key")]
    [InlineData("apiKey")]
    [InlineData("api-base")]
    [InlineData("base_url")]
    [InlineData("organization")]
    [InlineData("authorization")]
    [InlineData("headers")]
    [InlineData("extra_headers")]
    [InlineData("extra_body")]
    [InlineData("aws_secret_access_key")]
    [InlineData("api\\u005fkey")]
    public void Provider_credentials_and_configuration_are_refused_in_every_operation(string field)
    {
        foreach (var operation in ModelOperations.All)
        {
            Assert.Equal(
                ReasonCode.ProviderCredentialsInRequest,
                Refused(operation.Operation.ToString(), $$"""{"model":"m","{{field}}":"x"}""").Reason
            );
        }
    }

    [Fact]
    public void Every_field_of_every_dialect_is_known_and_may_be_null()
    {
        foreach (var operation in ModelOperations.All)
        {
            foreach (var (name, _) in ((ModelBodyReader)operation.Requests).Dialect.Fields.Entries.Where(f => f.Key != "model"))
            {
                Accepted(operation.Operation.ToString(), $$"""{"model":"m","{{name}}":null}""");
            }
        }
    }

    [Theory]
    [InlineData("chat", "stream", "1")]
    [InlineData("chat", "stream", "\"true\"")]
    [InlineData("chat", "stream_options", "true")]
    [InlineData("chat", "stream_options", """{"include_usage":"yes"}""")]
    [InlineData("chat", "n", "0")]
    [InlineData("chat", "n", "1.5")]
    [InlineData("chat", "n", "129")]
    [InlineData("chat", "max_tokens", "-1")]
    [InlineData("chat", "max_tokens", "1e3")]
    [InlineData("chat", "max_tokens", "\"10\"")]
    [InlineData("chat", "max_tokens", "99999999999999999999")]
    [InlineData("chat", "tools", "{}")]
    [InlineData("chat", "tools", "[1]")]
    [InlineData("chat", "tools", "[{}]")]
    [InlineData("chat", "tools", """[{"type":null}]""")]
    [InlineData("chat", "tools", """[{"type":["function"]}]""")]
    [InlineData("responses", "input", "[1]")]
    [InlineData("completions", "prompt", "{}")]
    [InlineData("completions", "prompt", "[{}]")]
    [InlineData("completions", "best_of", "0")]
    [InlineData("messages", "mcp_servers", "{}")]
    [InlineData("messages", "tools", """[{"type":1}]""")]
    public void A_field_of_the_wrong_type_is_refused_by_its_name(string operation, string field, string value)
    {
        var refusal = Refused(operation, $$"""{"model":"m","{{field}}":{{value}}}""");
        Assert.Equal(ReasonCode.MalformedRequest, refusal.Reason);
        Assert.StartsWith(field, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_and_never_thrown_at() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string?>(),
                text =>
                {
                    foreach (var operation in ModelOperations.All)
                    {
                        operation.Requests.TryRead(Encoding.UTF8.GetBytes(text ?? ""), out _, out _);
                        operation.Requests.TryRead(Encoding.UTF8.GetBytes("{\"model\":\"m\"," + text), out _, out _);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Wherever_a_body_is_cut_it_is_refused()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"é\n"}]}],"tools":"""
                + """[{"type":"web_search","filters":{"a":[1]}}],"store":false}"""
        );
        for (var at = 0; at < body.Length; at++)
        {
            Assert.False(Operation("responses").Requests.TryRead(body.AsSpan(0, at), out _, out _));
        }

        Assert.True(Operation("responses").Requests.TryRead(body, out _, out _));
    }

    [Fact]
    public void A_chat_body_of_10_KB_is_read_with_few_allocations()
    {
        var message = """{"role":"user","content":"The quick brown fox jumps over the lazy dog, again and again and again."}""";
        var body = Encoding.UTF8.GetBytes(
            $$"""{"model":"gpt-4o","stream":true,"messages":[{{string.Join(',', Enumerable.Repeat(message, 100))}}]}"""
        );
        var reader = Operation("chat").Requests;
        reader.TryRead(body, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(reader.TryRead(body, out _, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 256);
    }
}
