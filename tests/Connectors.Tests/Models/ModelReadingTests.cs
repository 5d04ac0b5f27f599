using Gateway.Policy.Model;
using static Gateway.Connectors.Tests.Models.Bodies;

namespace Gateway.Connectors.Tests.Models;

/// <summary>What the readers understand of each dialect.</summary>
public sealed class ModelReadingTests
{
    [Theory]
    [InlineData("chat", "max_tokens", "max_tokens")]
    [InlineData("chat", "max_completion_tokens", "max_completion_tokens")]
    [InlineData("responses", "max_output_tokens", "max_output_tokens")]
    [InlineData("completions", "max_tokens", "max_tokens")]
    [InlineData("messages", "max_tokens", "max_tokens")]
    public void Output_tokens_are_read_with_the_field_that_a_cap_goes_into(string operation, string field, string expected)
    {
        var reading = Accepted(operation, $$"""{"model":"m","{{field}}":7}""");
        Assert.Equal(7, reading.MaxTokens);
        Assert.Equal(expected, reading.MaxTokensField);
    }

    [Theory]
    [InlineData("chat", "max_completion_tokens")]
    [InlineData("responses", "max_output_tokens")]
    [InlineData("completions", "max_tokens")]
    [InlineData("messages", "max_tokens")]
    public void Without_output_tokens_the_models_maximum_counts(string operation, string field)
    {
        var reading = Accepted(operation, """{"model":"m"}""");
        Assert.Null(reading.MaxTokens);
        Assert.Equal(field, reading.MaxTokensField);
    }

    [Theory]
    [InlineData("embeddings")]
    [InlineData("count_tokens")]
    public void An_operation_without_output_reserves_none(string operation) =>
        Assert.Equal(0, Accepted(operation, """{"model":"m"}""").MaxTokens);

    [Fact]
    public void Two_fields_for_output_tokens_are_ambiguous()
    {
        Assert.Equal(ReasonCode.AmbiguousRequest, Refused("chat", """{"model":"m","max_tokens":1,"max_completion_tokens":9}""").Reason);
        Assert.Equal(9, Accepted("chat", """{"model":"m","max_tokens":null,"max_completion_tokens":9}""").MaxTokens);
    }

    [Theory]
    [InlineData("chat", """ "n":3 """, 3)]
    [InlineData("completions", """ "n":2,"best_of":5 """, 5)]
    [InlineData("completions", """ "prompt":["a","b"],"n":3 """, 6)]
    [InlineData("completions", """ "prompt":[[1,2],[3]] """, 2)]
    [InlineData("completions", """ "prompt":[1,2,3] """, 1)]
    [InlineData("completions", """ "prompt":"a" """, 1)]
    [InlineData("completions", """ "prompt":[] """, 1)]
    [InlineData("completions", """ "prompt":[[1,2],[3]],"best_of":128 """, 256)]
    [InlineData("messages", """ "compaction":{"type":"auto"} """, 2)]
    [InlineData("messages", """ "context_management":{"edits":[{"type":"compact_20260112","trigger":{"value":1}}]} """, 2)]
    [InlineData("messages", """ "context_management":{"edits":[{"type":"clear_tool_uses_20250919"}]} """, 1)]
    [InlineData("responses", """ "context_management":[{"type":"compaction","compact_threshold":1000}] """, 2)]
    public void Every_answer_asked_for_is_counted(string operation, string fields, int choices) =>
        Assert.Equal(choices, Accepted(operation, $$"""{"model":"m",{{fields}}}""").Choices);

    [Theory]
    [InlineData("chat", """ "max_completion_tokens":50,"n":20 """, 1000)]
    [InlineData("chat", """ "n":20 """, 20 * 70)]
    [InlineData("completions", """ "max_tokens":50,"n":2,"best_of":5,"prompt":["a","b","c"] """, 750)]
    [InlineData("messages", """ "max_tokens":50,"thinking":{"type":"enabled","budget_tokens":3000} """, 3000)]
    [InlineData("messages", """ "max_tokens":50,"thinking":{"type":"enabled","budget_tokens":30} """, 50)]
    [InlineData("embeddings", """ "input":["a","b"] """, 0)]
    [InlineData("count_tokens", """ "system":"a" """, 0)]
    public void Output_of_the_whole_call_is_reckoned(string operation, string fields, long most) =>
        Assert.Equal(most, Accepted(operation, $$"""{"model":"m",{{fields}}}""").MostOutput(offered: 70));

    [Fact]
    public void Product_of_all_that_multiplies_does_not_overflow()
    {
        var prompts = string.Join(',', Enumerable.Repeat("[1]", 2048));
        var reading = Accepted("completions", $$"""{"model":"m","max_tokens":2147483647,"best_of":128,"prompt":[{{prompts}}]}""");
        Assert.Equal(2147483647L * 128 * 2048, reading.MostOutput(offered: 1));
    }

    [Theory]
    [InlineData("chat", """ "best_of":2 """)]
    [InlineData("chat", """ "num_choices":2 """)]
    [InlineData("chat", """ "candidate_count":2 """)]
    [InlineData("chat", """ "max_output_tokens":2 """)]
    [InlineData("chat", """ "thinking":{"type":"enabled","budget_tokens":2} """)]
    [InlineData("responses", """ "n":2 """)]
    [InlineData("responses", """ "max_tokens":2 """)]
    [InlineData("messages", """ "n":2 """)]
    [InlineData("messages", """ "max_completion_tokens":2 """)]
    [InlineData("embeddings", """ "n":2 """)]
    public void What_multiplies_in_another_dialect_does_not_go_out(string operation, string field) =>
        Assert.Single(Accepted(operation, $$"""{"model":"m",{{field}}}""").Unknown);

    [Theory]
    [InlineData("chat", """ "max_tokens":0 """, ReasonCode.MalformedRequest)]
    [InlineData("chat", """ "max_completion_tokens":-1 """, ReasonCode.MalformedRequest)]
    [InlineData("responses", """ "max_output_tokens":0 """, ReasonCode.MalformedRequest)]
    [InlineData("messages", """ "max_tokens":1e2 """, ReasonCode.MalformedRequest)]
    [InlineData("messages", """ "thinking":{"type":"enabled","budget_tokens":-1} """, ReasonCode.MalformedRequest)]
    [InlineData("messages", """ "thinking":{"type":"enabled","budget_tokens":"9"} """, ReasonCode.MalformedRequest)]
    [InlineData("messages", """ "thinking":true """, ReasonCode.MalformedRequest)]
    [InlineData("responses", """ "reasoning":"none" """, ReasonCode.MalformedRequest)]
    [InlineData("completions", """ "prompt":[["a","b"]] """, ReasonCode.MalformedRequest)]
    [InlineData("completions", """ "prompt":[[[1],[2]]] """, ReasonCode.MalformedRequest)]
    public void What_multiplies_and_is_not_understood_is_refused(string operation, string field, ReasonCode reason) =>
        Assert.Equal(reason, Refused(operation, $$"""{"model":"m",{{field}}}""").Reason);

    [Theory]
    [InlineData(""" "input":[@] """, "[1,2,3]")]
    [InlineData(""" "input":[@] """, "1")]
    [InlineData(""" "input":[@] """, "\"a\"")]
    public void Every_token_and_every_text_of_a_batch_is_a_token_at_least(string field, string entry)
    {
        var entries = string.Join(',', Enumerable.Repeat(entry, 100));
        var reading = Accepted("embeddings", $$"""{"model":"m",{{field.Replace("@", entries, StringComparison.Ordinal)}}}""");
        Assert.InRange(reading.InputTokens, 100 * entry.Split(',').Length, 1000);
    }

    [Theory]
    [InlineData("chat", """ "stream":true """, true, false, true)]
    [InlineData("chat", """ "stream":true,"stream_options":{"include_usage":true} """, true, true, false)]
    [InlineData("chat", """ "stream_options":{"include_usage":false,"x":{"y":[]}},"stream":true """, true, false, true)]
    [InlineData("chat", """ "stream":false """, false, false, false)]
    [InlineData("completions", """ "stream":true """, true, false, true)]
    [InlineData("responses", """ "stream":true """, true, false, false)]
    [InlineData("messages", """ "stream":true """, true, false, false)]
    public void A_stream_is_asked_for_its_usage_where_it_would_not_tell(
        string operation,
        string fields,
        bool stream,
        bool usage,
        bool mustBeSet
    )
    {
        var reading = Accepted(operation, $$"""{"model":"m",{{fields}}}""");
        Assert.Equal((stream, usage, mustBeSet), (reading.Stream, reading.StreamUsage, reading.StreamUsageMustBeSet));
    }

    [Theory]
    [InlineData("responses", "{}", true)]
    [InlineData("responses", """{"store":null}""", true)]
    [InlineData("responses", """{"store":true}""", true)]
    [InlineData("responses", """{"store":false}""", false)]
    [InlineData("chat", "{}", false)]
    [InlineData("chat", """{"store":true}""", true)]
    public void What_the_provider_would_keep_is_told(string operation, string fields, bool stores) =>
        Assert.Equal(stores, Accepted(operation, fields == "{}" ? """{"model":"m"}""" : """{"model":"m",""" + fields[1..]).Stores);

    [Theory]
    [InlineData("chat", """ "store":0 """)]
    [InlineData("responses", """ "store":"true" """)]
    [InlineData("responses", """ "background":1 """)]
    [InlineData("responses", """ "previous_response_id":7 """)]
    [InlineData("responses", """ "previous_response_id":"" """)]
    [InlineData("responses", """ "conversation":{} """)]
    [InlineData("responses", """ "conversation":{"id":null} """)]
    [InlineData("responses", """ "conversation":{"id":"c","object":"conversation"} """)]
    [InlineData("responses", """ "conversation":["c"] """)]
    public void What_the_provider_keeps_is_named_in_one_way_only(string operation, string field) =>
        Assert.Equal(ReasonCode.MalformedRequest, Refused(operation, $$"""{"model":"m",{{field}}}""").Reason);

    [Theory]
    [InlineData(""" "previous_response_id":"resp_1" """, "resp_1")]
    [InlineData(""" "previous_response_id":null """, "")]
    [InlineData(""" "conversation":{"id":"c"} """, "c")]
    [InlineData(""" "conversation":"c\u005f1" """, "c_1")]
    [InlineData(""" "input":[{"type":"item_reference","id":"msg_1"}] """, "msg_1")]
    [InlineData(""" "input":[{"id":"msg_1"},{"id":"msg_2","type":null}] """, "msg_1,msg_2")]
    [InlineData(""" "input":[{"type":"reasoning","id":"rs_1","summary":[]}] """, "rs_1")]
    [InlineData(""" "input":[{"type":"reasoning","summary":[]}] """, "")] // OpenClaw's second turn: nothing that could be looked up.
    [InlineData(""" "input":[{"type":"image_generation_call","id":"ig_1"}] """, "ig_1")]
    [InlineData(""" "input":[{"role":"user","id":"msg_1"}] """, "msg_1")]
    [InlineData(""" "input":[{"id":"msg_1","role":"user","content":null}] """, "msg_1")]
    [InlineData(""" "input":[{"id":"msg_1","role":"user","content":[]}] """, "msg_1")]
    [InlineData(""" "input":[{"id":"msg_1","type":"message","role":"user","arguments":"{}"}] """, "msg_1")]
    [InlineData(""" "input":[{"type":"compaction","id":"cmp_1"}] """, "cmp_1")]
    [InlineData(""" "input":[{"type":"compaction","id":"cmp_1","content":"x"}] """, "cmp_1")]
    [InlineData(""" "input":[{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true}] """, "mcpr_1")]
    [InlineData(""" "input":[{"type":"mcp_approval_response","id":"x","approval_request_id":"y","approve":true}] """, "x,y")]
    [InlineData(""" "input":[{"type":"function_call","id":"fc_1"}] """, "fc_1")]
    [InlineData(""" "input":[{"type":"function_call_output","id":"fco_1","call_id":"c"}] """, "fco_1")]
    [InlineData(""" "input":[{"type":"mcp_list_tools","id":"mcpl_1","tools":[]}] """, "mcpl_1")]
    [InlineData(""" "input":[{"type":"web_search_call","id":"ws_1","status":"completed"}] """, "ws_1")]
    [InlineData(""" "input":[{"type":"something_new","id":"x_1","content":"x"}] """, "x_1")]
    [InlineData(""" "input":[{"\u0069d":"msg_1","role":"user"}] """, "msg_1")]
    [InlineData(""" "input":[{"id":"msg_1","role":"user","content":"whole"}] """, "")]
    [InlineData(
        """ "input":[{"id":"m-gw1-AAAAAAAAAAAAAAAAAAAAAAAA","role":"user","content":"whole"}] """,
        "m-gw1-AAAAAAAAAAAAAAAAAAAAAAAA"
    )]
    public void Ids_that_the_provider_would_look_up_are_told(string fields, string ids) =>
        Assert.Equal(ids, string.Join(',', Accepted("responses", $$"""{"model":"m",{{fields}}}""").References));

    [Fact]
    public void An_answer_that_outlives_its_request_is_a_power_of_its_own() =>
        Assert.Equal(["background"], Accepted("responses", """{"model":"m","background":true}""").HostedTools);

    [Fact]
    public void A_moderation_names_the_model_that_the_provider_would_take() =>
        Assert.Equal("omni-moderation-latest", Accepted("moderations", """{"input":"x"}""").Model);

    [Theory]
    [InlineData(
        "chat",
        """ "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"file_id":"""
            + """{"type":"string"}}}}},{"type":"custom","custom":{"name":"c"}}] """,
        ""
    )]
    [InlineData("chat", """ "web_search_options":{} """, "web_search")]
    [InlineData(
        "responses",
        """ "tools":[{"type":"web_search"},{"type":"function","name":"f"},{"type":"code_interpreter","container":"""
            + """{"type":"auto"}},{"type":"web_search"}] """,
        "web_search,code_interpreter"
    )]
    [InlineData("responses", """ "tools":[{"server_url":"https://x","type":"mcp","server_label":"x"}] """, "mcp")]
    [InlineData("responses", """ "tools":[{"ty\u0070e":"web_search"}] """, "web_search")]
    [InlineData(
        "responses",
        """ "tools":[{"type":"namespace","name":"n","tools":[{"type":"function","name":"f"},{"type":"file_search"}]}] """,
        "file_search"
    )]
    [InlineData("responses", """ "input":[{"type":"additional_tools","role":"developer","tools":[{"type":"shell"}]}] """, "shell")]
    [InlineData("responses", """ "tools":[] """, "")]
    [InlineData(
        "messages",
        """ "tools":[{"name":"a","input_schema":{"properties":{"file_id":{}}}},{"type":"custom","name":"b"},{"type":null,"name":"c"}] """,
        ""
    )]
    [InlineData(
        "messages",
        """ "tools":[{"type":"web_search_20250305","name":"web_search"},{"type":"code_execution_20250825","name":"x"}] """,
        "web_search_20250305,code_execution_20250825"
    )]
    [InlineData("messages", """ "mcp_servers":[{"type":"url","url":"https://x","name":"x"}] """, "mcp_servers")]
    [InlineData("messages", """ "mcp_servers":[] """, "")]
    [InlineData(
        "count_tokens",
        """ "tools":[{"type":"bash_20250124","name":"bash"},{"type":"text_editor_20250728","name":"e"},"""
            + """{"type":"memory_20250818","name":"memory"},{"type":"computer_20250124","name":"computer"}] """,
        ""
    )]
    [InlineData(
        "messages",
        """ "tools":[{"type":"bash_2025012","name":"a"},{"type":"bash_20250124x","name":"b"},{"type":"bash_code_execution","name":"c"}] """,
        "bash_2025012,bash_20250124x,bash_code_execution"
    )]
    [InlineData("responses", """ "tools":[{"type":"local_shell"},{"type":"apply_patch"},{"type":"computer_use_preview"}] """, "")]
    public void Tools_that_the_provider_would_run_are_named(string operation, string fields, string hosted) =>
        Assert.Equal(hosted, string.Join(',', Accepted(operation, $$"""{"model":"m",{{fields}}}""").HostedTools));

    [Fact]
    public void More_types_of_hosted_tools_than_there_are_cannot_be_asked_for()
    {
        Assert.Equal(64, Accepted("responses", Tools(64)).HostedTools.Count);
        Assert.Equal(ReasonCode.UnsupportedFeature, Refused("responses", Tools(65)).Reason);
        static string Tools(int count) =>
            """{"model":"m","tools":[""" + string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"type":"t{{i}}"}""")) + "]}";
    }

    [Theory]
    [InlineData("responses", """ "prompt":{"id":"p"} """)]
    [InlineData("responses", """ "input":[{"role":"user","content":[{"type":"item_reference","id":"msg_1"}]}] """)]
    [InlineData("responses", """ "input":[{"role":"user","content":[{"type":"input_file","file_id":"file-1"}]}] """)]
    [InlineData("responses", """ "input":[{"role":"user","content":[{"type":"input_file","file\u005fid":"file-1"}]}] """)]
    [InlineData(
        "responses",
        """ "input":[{"type":"function_call_output","call_id":"c","output":[{"type":"input_image","file_id":"file-1"}]}] """
    )]
    [InlineData("responses", """ "tools":[{"type":"file_search","vector_store_ids":["vs_1"]}] """)]
    [InlineData("responses", """ "tools":[{"type":"code_interpreter","container":"cntr_1"}] """)]
    [InlineData("responses", """ "tools":[{"type":"code_interpreter","container":{"type":"auto","file_ids":["file-1"]}}] """)]
    [InlineData("responses", """ "tools":[{"type":"shell","environment":{"type":"container_reference","container_id":"c"}}] """)]
    [InlineData("responses", """ "tools":[{"type":"mcp","server_label":"x","connector_id":"connector_gmail"}] """)]
    [InlineData("responses", """ "tools":[{"type":"image_generation","model":"m2"}] """)]
    [InlineData("chat", """ "messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]}] """)]
    [InlineData("chat", """ "messages":[{"role":"assistant","audio":{"id":"audio_1"}}] """)]
    [InlineData("messages", """ "container":"container_1" """)]
    [InlineData("messages", """ "container":{"skills":[]} """)]
    [InlineData("messages", """ "thread":{"type":"create"} """)]
    [InlineData("messages", """ "diagnostics":{"previous_message_id":"msg_1"} """)]
    [InlineData("messages", """ "fallbacks":[{"model":"m2"}] """)]
    [InlineData(
        "messages",
        """ "messages":[{"role":"user","content":[{"type":"document","source":{"type":"file","file_id":"file_1"}}]}] """
    )]
    [InlineData(
        "messages",
        """ "messages":[{"role":"user","content":[{"type":"tool_result","content":[{"type":"image","source":{"file_id":"f"}}]}]}] """
    )]
    [InlineData("messages", """ "messages":[{"role":"user","content":[{"type":"container_upload","file_id":null}]}] """)]
    [InlineData(
        "messages",
        """ "messages":[{"role":"user","content":[{"type":"tool_addition","tool":{"type":"tool_definition","definition":"""
            + """{"type":"web_search_20250305"}}}]}] """
    )]
    [InlineData("messages", """ "tools":[{"name":"advisor","model":"m2","type":"advisor_20260301"}] """)]
    [InlineData("count_tokens", """ "messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]}] """)]
    public void What_the_provider_keeps_and_what_gets_round_the_judged_is_refused(string operation, string fields) =>
        Assert.Equal(ReasonCode.UnsupportedFeature, Refused(operation, $$"""{"model":"m",{{fields}}}""").Reason);

    [Theory]
    [InlineData("responses", """ "tools":[{"type":"mcp","server_url":"https://x","authorization":"secret"}] """)]
    [InlineData("responses", """ "tools":[{"type":"mcp","server_url":"https://x","headers":{"a":"b"}}] """)]
    [InlineData(
        "responses",
        """ "tools":[{"type":"shell","environment":{"type":"container_auto","network_policy":{"domain_secrets":[]}}}] """
    )]
    [InlineData("messages", """ "mcp_servers":[{"type":"url","url":"https://x","authorization_token":"secret"}] """)]
    [InlineData("messages", """ "workspace_id":"w" """)]
    [InlineData("messages", """ "billing_policy":{"type":"billing_policy"} """)]
    public void Credentials_for_what_the_provider_would_call_are_refused(string operation, string fields)
    {
        var refusal = Refused(operation, $$"""{"model":"m",{{fields}}}""");
        Assert.Equal(ReasonCode.ProviderCredentialsInRequest, refusal.Reason);
        Assert.DoesNotContain("secret", refusal.Detail!.Replace("domain_secrets", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "chat",
        """ "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x/y.png"}},"""
            + """{"type":"file","file":{"file_id":null,"file_data":"AAAA"}}]},{"role":"assistant","audio":null,"tool_calls":"""
            + """[{"id":"1","type":"function","function":{"name":"f","arguments":"{\"file_id\":1}"}}]}] """
    )]
    [InlineData(
        "responses",
        """ "background":false,"input":[{"role":"user","content":"x"},{"type":"reasoning","id":"rs_1","summary":"""
            + """[],"encrypted_content":"AAAA"},{"type":"message","role":"assistant","content":"""
            + """[{"type":"output_text","text":"a","annotations":[{"type":"file_citation","file_id":"f"}]}]},"""
            + """{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":"{}"},"""
            + """{"type":"function_call_output","call_id":"c","output":"ok"},{"type":"function_call_output","id":"o","output":""},"""
            + """{"type":"message","id":"m","status":"completed","role":"assistant","content":[{"type":"output_text","text":"a"}]},"""
            + """{"type":"compaction","id":"cmp_1","encrypted_content":"AAAA"},{"type":"web_search_call","id":"ws","action":{"type":"s"}},"""
            + """{"type":"mcp_list_tools","id":"l","server_label":"x","tools":[{"type":"function","name":"f","input_schema":{}}]},"""
            + """{"type":"mcp_call","id":"m","approval_request_id":"a","name":"f","arguments":"{}"},{"type":"compaction_trigger"}] """
    )]
    [InlineData(
        "responses",
        """ "input":"hello","metadata":{"file_id":"mine"},"text":{"format":{"type":"json_schema","schema":{"properties":"""
            + """{"container_id":{}}}}} """
    )]
    [InlineData(
        "messages",
        """ "max_tokens":5,"system":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}}],"diagnostics":"""
            + """{"previous_message_id":null},"messages":[{"role":"assistant","content":"""
            + """[{"type":"tool_use","id":"t","name":"f","input":{"file_id":"mine","type":"container_upload"}}]},"""
            + """{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"ok"}]}] """
    )]
    [InlineData("embeddings", """ "input":[[1,2],[3]],"encoding_format":"float" """)]
    public void Ordinary_requests_and_the_callers_own_data_pass(string operation, string fields) =>
        Accepted(operation, $$"""{"model":"m",{{fields}}}""");

    [Theory]
    [InlineData("gpt-4o-search-preview", true)]
    [InlineData("gpt-4o-mini-search-preview-2025-03-11", true)]
    [InlineData("gpt-5-search-api", true)]
    [InlineData("o3-deep-research", true)]
    [InlineData("sonar", true)]
    [InlineData("Sonar-Pro", true)]
    [InlineData("perplexity/sonar-reasoning", true)]
    [InlineData("openai/gpt-4o:online", true)]
    [InlineData("groq/compound-mini", true)]
    [InlineData("gpt-4o", false)]
    [InlineData("ft:gpt-4o:searchers:x", false)]
    [InlineData("text-embedding-3-small", false)]
    public void A_model_that_searches_by_itself_counts_as_the_tool(string model, bool searches) =>
        Assert.Equal(searches ? ["web_search"] : [], Bodies.Accepted("chat", $$"""{"model":"{{model}}","messages":[]}""").HostedTools);

    [Theory]
    [InlineData("""{"type":"text","media_type":"text/plain","data":"TEXT"}""")]
    [InlineData("""{"media_type":"text/plain","data":"TEXT","type":"text"}""")]
    [InlineData("""{"data":"TEXT","x":{"type":"base64"},"type":"text"}""")]
    [InlineData("""{"type":"t\u0065xt","data":"TEXT"}""")]
    public void A_document_given_as_plain_text_is_counted_as_text(string source)
    {
        var text = new string('a', 4000);
        var body = """{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"document","source":SOURCE}]}]}"""
            .Replace("SOURCE", source, StringComparison.Ordinal)
            .Replace("TEXT", text, StringComparison.Ordinal);

        Assert.InRange(Bodies.Accepted("messages", body).InputTokens, 1000, 1100);
        var file = body.Replace("\"text\"", "\"base64\"", StringComparison.Ordinal)
            .Replace("t\\u0065xt", "base64", StringComparison.Ordinal);
        Assert.InRange(Bodies.Accepted("messages", file).InputTokens, 100, 200);
    }

    [Fact]
    public void Input_is_counted_roughly_and_files_for_less_than_text()
    {
        var text = new string('a', 4000);
        Assert.InRange(Accepted("chat", $$"""{"model":"m","messages":[{"role":"user","content":"{{text}}"}]}""").InputTokens, 1000, 1010);
        Assert.InRange(
            Accepted(
                "messages",
                $$$"""{"model":"m","messages":[{"role":"user","content":[{"type":"image","source":"""
                    + $$$"""{"type":"base64","data":"{{{text}}}"}}]}]}"""
            ).InputTokens,
            100,
            110
        );
        Assert.InRange(Accepted("responses", $$"""{"model":"m","instructions":"{{text}}","input":"{{text}}"}""").InputTokens, 2000, 2010);
        Assert.InRange(
            Accepted(
                "responses",
                $$$"""{"model":"m","input":[{"type":"tool_search_call","arguments":{"a":["{{{text}}}"]}}]}"""
            ).InputTokens,
            1000,
            1020
        );
        Assert.Equal(0, Accepted("count_tokens", $$"""{"model":"m","system":"{{text}}"}""").InputTokens);
    }
}
