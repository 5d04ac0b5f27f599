namespace Gateway.Evidence.Records;

/// <summary>Why a body wasn't kept.</summary>
public enum BodyProblem
{
    Unknown = 0,

    /// <summary>The store couldn't write it.</summary>
    Unwritable = 1,

    /// <summary>It was to be kept redacted, and can't be: it isn't JSON, is cut, or has in a member's name what must not be kept.</summary>
    Unredactable = 2,
}
