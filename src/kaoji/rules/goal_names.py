"""What the goals are called in messages."""

from kaoji.core.speech import say

GOAL_NAMES = {"overall_goal": say("总目标"), "annual_goal": say("年度目标")}
