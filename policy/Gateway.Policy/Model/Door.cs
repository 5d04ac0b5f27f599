namespace Gateway.Policy.Model;

/// <summary>The way an action came in; it fixes the shape of answers and nothing else about the path.</summary>
public enum Door
{
    None = 0,
    OpenAi = 1,
    Anthropic = 2,
    Tool = 3,
}
