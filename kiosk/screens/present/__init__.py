"""Scenes as screens: one small module for each group of scenes. Pure; what may be touched is the flow's business."""
