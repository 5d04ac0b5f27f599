using Gateway.Connectors.Json;
using static Gateway.Connectors.Models.DialectTables;

namespace Gateway.Connectors.Models;

/// <summary>
/// The Anthropic dialect's requests. The fields are those of the public API reference, betas included, as the official client types
/// (@anthropic-ai/sdk 1.11) have them.
/// </summary>
internal static class AnthropicDialects
{
    private static readonly NameTable<NestedMeaning> Content = Table(
        (NestedMeaning.State, "file_id file_ids container_id skill_id previous_message_id"),
        (NestedMeaning.Free, "input citations"),
        (NestedMeaning.Media, "data url"),
        (NestedMeaning.Tools, "tools"),
        (NestedMeaning.Kind, "type")
    );

    private static readonly NameTable<NestedMeaning> Tools = Table(
        (NestedMeaning.State, "file_id file_ids container_id skill_id"),
        (NestedMeaning.Credentials, "authorization_token authorization headers"),
        (NestedMeaning.Free, "input_schema input_examples configs"),
        (NestedMeaning.Tools, "tools")
    );

    // A tool that a message adds escapes the list of tools.
    private static readonly IReadOnlyList<Literal> RefusedKinds = [new("container_upload"), new("tool_addition")];

    private static readonly IReadOnlyList<Literal> CallersTools = [new("custom")];

    private static readonly string[] DatedCallersTools = ["bash_", "text_editor_", "memory_", "computer_"];

    /// <summary>What all of them have alike.</summary>
    private static ModelDialect Of(NameTable<FieldMeaning> fields) =>
        new()
        {
            Fields = fields,
            Content = Content,
            Tools = Tools,
            RefusedKinds = RefusedKinds,
            CallersTools = CallersTools,
            DatedCallersTools = DatedCallersTools,
        };

    public static ModelDialect Messages { get; } =
        Of(
            Table(
                (FieldMeaning.Model, "model"),
                (FieldMeaning.Content, "messages system diagnostics"),
                (FieldMeaning.MaxTokens, "max_tokens"),
                (FieldMeaning.Stream, "stream"),
                (FieldMeaning.Tools, "tools"),
                (FieldMeaning.Servers, "mcp_servers"),
                (FieldMeaning.State, "container thread fallback_credit_token"),
                (FieldMeaning.Power, "fallbacks inference_geo"),
                (FieldMeaning.Credentials, "billing_policy user_profile_id workspace_id"),
                (FieldMeaning.Thinking, "thinking"),
                (FieldMeaning.Compaction, "compaction context_management"),
                (FieldMeaning.Plain, "cache_control metadata output_config output_format service_tier speed"),
                (FieldMeaning.Plain, "stop_sequences temperature tool_choice top_k top_p")
            )
        ) with
        {
            MaxTokensField = "max_tokens",
        };

    public static ModelDialect CountTokens { get; } =
        Of(
            Table(
                (FieldMeaning.Model, "model"),
                (FieldMeaning.Content, "messages system"),
                (FieldMeaning.Tools, "tools"),
                (FieldMeaning.Servers, "mcp_servers"),
                (FieldMeaning.Credentials, "billing_policy user_profile_id workspace_id"),
                (FieldMeaning.Plain, "cache_control compaction context_management output_config output_format speed thinking tool_choice")
            )
        ) with
        {
            IsFree = true,
        };
}
