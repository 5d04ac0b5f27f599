namespace Gateway.Samples.Provider.OpenAi;

/// <summary>The usage member as the chat and completion endpoints word it.</summary>
internal static class Usage
{
    public static string Of(int input, int output) =>
        $$$"""
            {"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}},"total_tokens":{{{input
                + output}}},"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}
            """;
}
